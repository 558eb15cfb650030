import { useState } from 'preact/hooks';
import { TABLES_MAX } from '../../../contract/table-labels.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';
import { readTableNames } from './csv-rules.ts';

interface Props {
  known: string[];
  room: number;
  onAdd: (labels: string[]) => void;
  onClose: () => void;
}

/** Far more than five hundred lines can be; a spreadsheet's other columns may be long. */
const FILE_MAX_BYTES = 2_000_000;
const SHOWN = 8;
const NOTES = ['formulas', 'duplicates', 'shortened', 'over'] as const;

const readFile = (file: Blob): Promise<string> =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(String(reader.result)));
    reader.addEventListener('error', () => done(''));
    reader.readAsText(file);
  });

/** Takes a list as people have it, and shows what will come of it before anything is changed. */
export function TablesImport({ known, room, onAdd, onClose }: Props) {
  const { say, t } = useConsole();
  const [text, setText] = useState('');
  const [column, setColumn] = useState<number | undefined>(undefined);
  const [isTooLarge, setTooLarge] = useState(false);
  const names = readTableNames(text, known, room, column);
  const isEmpty = text.trim() === '';
  const take = (list: string) => {
    setColumn(undefined);
    setText(list);
  };
  const open = async (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files && input.files[0];
    if (!file) return;
    setTooLarge(file.size > FILE_MAX_BYTES);
    if (file.size <= FILE_MAX_BYTES) take(await readFile(file));
    input.value = '';
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (names.labels.length > 0) onAdd(names.labels);
  };
  return (
    <Dialog title={say.share('import')} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <TextField
          label={say.share('list')}
          name="list"
          value={text}
          onInput={take}
          multiline
          rows={6}
          autoFocus
          hint={say.share('listHint')}
          error={isTooLarge ? say.share('fileTooLarge') : null}
        />
        <label class="button button-quiet share-file">
          {say.share('openFile')}
          <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => void open(event)} />
        </label>
        {names.columns.length > 1 && (
          <SelectField
            label={say.share('column')}
            name="column"
            value={String(names.column)}
            options={names.columns.map((cell, at) => ({ value: String(at), label: `${at + 1}. ${cell}` }))}
            onChange={(value) => setColumn(Number(value))}
          />
        )}
        {!isEmpty && (
          <div class="share-found" role="status">
            <p>
              <strong>{say.share('found', { count: names.labels.length })}</strong>
            </p>
            <ul class="share-preview">
              {names.labels.slice(0, SHOWN).map((label) => (
                <li key={label}>
                  <bdi>{label}</bdi>
                </li>
              ))}
              {names.labels.length > SHOWN && <li>…</li>}
            </ul>
            {NOTES.map(
              (note) =>
                names.notes[note] > 0 && (
                  <p class="notice notice-wait small" key={note}>
                    {say.share(note, { count: names.notes[note], most: TABLES_MAX })}
                  </p>
                ),
            )}
          </div>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" disabledReason={names.labels.length > 0 ? null : say.share('nothingNew')}>
            {say.share('addCount', { count: names.labels.length })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
