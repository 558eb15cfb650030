import { useEffect, useState } from 'preact/hooks';
import { formatTime } from '../../../../contract/messages/times.ts';
import { call, eventPath } from '../../../shared/api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { CopyField } from '../../../shared/ui/copy-field.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { QrCode } from '../../../shared/ui/qr-code.tsx';
import { ErrorState, Notice, Skeleton } from '../../../shared/ui/states.tsx';
import { sayCode, t } from '../../words.ts';
import type { GalleryBoot } from '../../../../contract/boot.ts';
import { m } from '../mine-words.ts';

interface Transfer {
  url: string;
  expiresAt: string;
}

type State = { kind: 'asking' } | { kind: 'failed'; text: string } | { kind: 'ready' | 'over'; transfer: Transfer };

const QR_PX = 232;

/** Asks for a link when it opens, and for another one when that has run out: each is good once, and not for long. */
function useTransfer(event: string) {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState({ kind: 'asking' });
    void call<Transfer>(eventPath(event, '/me/transfers'), { method: 'POST' }).then((answer) => {
      if (isGone) return;
      if (!answer.ok) return setState({ kind: 'failed', text: answer.code ? sayCode(answer.code) : m('noConnection') });
      const transfer = answer.data;
      setState({ kind: 'ready', transfer });
      const left = new Date(transfer.expiresAt).getTime() - Date.now();
      timer = setTimeout(() => setState({ kind: 'over', transfer }), Math.max(0, left));
    });
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [round]);
  return { state, again: () => setRound(round + 1) };
}

export interface MoveProps {
  boot: GalleryBoot;
  name: string | null;
  onClose: () => void;
}

/** A code to scan and a link to send, which make another device this guest as well. */
export function Move({ boot, name, onClose }: MoveProps) {
  const { state, again } = useTransfer(boot.event.id);
  const url = state.kind === 'ready' ? state.transfer.url : '';
  const share = () =>
    // Whoever closes the list of apps has changed their mind, and that is no error.
    void navigator.share({ title: boot.event.name, url }).catch(() => undefined);
  return (
    <Dialog title={m('move')} closeLabel={t('close')} onClose={onClose}>
      <div class="stack mine-move">
        <p>{m('moveText')}</p>
        {state.kind === 'asking' && <Skeleton height={`${QR_PX}px`} />}
        {state.kind === 'failed' && (
          <ErrorState title={m('moveFailed')} text={state.text} again={{ label: t('retry'), run: again }} />
        )}
        {state.kind === 'over' && (
          <ErrorState title={m('moveOver')} text={m('moveOverText')} again={{ label: m('moveAgain'), run: again }} />
        )}
        {state.kind === 'ready' && (
          <>
            <div class="mine-code">
              <QrCode text={url} label={m('moveCode')} size={QR_PX} />
            </div>
            <CopyField label={m('moveLink')} value={url} words={{ copy: m('copy'), copied: m('copied') }} />
            {typeof navigator.share === 'function' && (
              <Button wide onClick={share}>
                {m('share')}
              </Button>
            )}
            <Notice>
              {m(name ? 'moveUntilName' : 'moveUntil', {
                time: formatTime(boot.locale, boot.event.timeZone, state.transfer.expiresAt),
                ...(name ? { name } : {}),
              })}
            </Notice>
          </>
        )}
      </div>
    </Dialog>
  );
}
