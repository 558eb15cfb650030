import { useState } from 'preact/hooks';
import { TABLES_MAX } from '../../../contract/table-labels.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';

interface Props {
  room: number;
  isTaken: (label: string) => boolean;
  onAdd: (labels: string[]) => void;
  onClose: () => void;
}

const DEFAULT_COUNT = 10;
const WORD_MAX_CHARACTERS = 60;

/** "Table 1" to "Table N": the ones that are not there yet. */
export function TablesNumbered({ room, isTaken, onAdd, onClose }: Props) {
  const { say, t } = useConsole();
  const [word, setWord] = useState(say.share('table'));
  const [typed, setTyped] = useState(String(DEFAULT_COUNT));
  const count = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  const isWrong = count < 1 || count > TABLES_MAX;
  const labels: string[] = [];
  for (let n = 1; !isWrong && n <= count; n++) {
    const label = `${word.trim()} ${n}`.trim();
    if (!isTaken(label)) labels.push(label);
  }
  const fits = labels.slice(0, Math.max(0, room));
  const submit = (event: Event) => {
    event.preventDefault();
    if (fits.length > 0) onAdd(fits);
  };
  return (
    <Dialog title={say.share('numbered')} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <TextField
          label={say.share('word')}
          name="word"
          value={word}
          onInput={setWord}
          maxLength={WORD_MAX_CHARACTERS}
        />
        <TextField
          label={say.share('howMany')}
          name="count"
          value={typed}
          onInput={setTyped}
          inputMode="numeric"
          dir="ltr"
          autoFocus
          error={isWrong ? say.share('countWrong', { count: TABLES_MAX }) : null}
        />
        <p class="quiet small">
          {fits.length > 0
            ? say.share('numberedFrom', { first: fits[0] || '', last: fits[fits.length - 1] || '' })
            : say.share('nothingNew')}
        </p>
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" disabledReason={fits.length > 0 ? null : say.share('nothingNew')}>
            {say.share('addCount', { count: fits.length })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
