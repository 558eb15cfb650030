import { useState } from 'preact/hooks';
import type { Screen } from '../../../contract/screens.ts';
import { showToast } from '../../shared/toast.ts';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { ConfirmName } from '../shell/ui.tsx';

interface Props {
  screen: Screen;
  onRemoved: () => void;
  onClose: () => void;
}

/** Ends a screen's pairing: it shows a code again. */
export function RemoveDialog({ screen, onRemoved, onClose }: Props) {
  const console = useConsole();
  const { say, session } = console;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { name } = screen;
  const remove = async () => {
    setBusy(true);
    const answer = await session.authed(`/api/v1/screens/${screen.id}`, { method: 'DELETE' });
    setBusy(false);
    // Somebody else was quicker: it is gone, as was wanted.
    if (!answer.ok && answer.code !== 'screen.not_found') return setError(reasonOf(console, answer));
    showToast(say.screens('isRemoved', { name }));
    onRemoved();
  };
  return (
    <ConfirmName
      title={say.screens('removeTitle', { name })}
      text={say.screens('removeText')}
      name={name}
      action={say.screens('remove')}
      busy={busy}
      error={error}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
