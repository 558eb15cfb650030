import { useState } from 'preact/hooks';
import { labelKey, TABLE_LABEL_MAX_CHARACTERS, TABLES_MAX } from '../../../contract/table-labels.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Failure, may, reasonOf, useConsole } from '../shell/console.tsx';
import { writeCsv } from './csv-rules.ts';
import { download } from './download.ts';
import { linkOf } from './links.ts';
import { TablesImport } from './tables-import.tsx';
import { TablesNumbered } from './tables-numbered.tsx';
import type { TableRow, Tables } from './use-tables.ts';

/** Spreadsheets of these languages take a semicolon for what separates cells. */
const SEMICOLON_LOCALES = ['de', 'fr', 'es'];

interface Props {
  slug: string;
  tables: Tables;
  onShow: (code: string) => void;
}

function Row({
  row,
  isTaken,
  readOnly,
  onRename,
  onShow,
  onRemove,
}: {
  row: TableRow;
  isTaken: (label: string) => boolean;
  readOnly: boolean;
  onRename: (label: string) => void;
  onShow: () => void;
  onRemove: () => void;
}) {
  const { say, t } = useConsole();
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed === null ? row.label : typed).trim();
  const isBad = wanted === '' || (labelKey(wanted) !== labelKey(row.label) && isTaken(wanted));
  const end = () => {
    if (!isBad && wanted !== row.label) onRename(wanted);
    setTyped(null);
  };
  return (
    <tr>
      <th scope="row">
        {readOnly ? (
          <span dir="auto">{row.label}</span>
        ) : (
          <input
            class="input share-name"
            dir="auto"
            aria-label={say.share('nameOf', { name: row.label })}
            aria-invalid={isBad ? 'true' : undefined}
            maxLength={2 * TABLE_LABEL_MAX_CHARACTERS}
            value={typed === null ? row.label : typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onBlur={end}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
              if (event.key === 'Escape') setTyped(null);
            }}
          />
        )}
      </th>
      <td class="share-count" data-label={say.share('guests')}>
        {row.guests}
      </td>
      <td class="share-count" data-label={say.share('photos')}>
        {row.photos}
      </td>
      <td class="share-acts">
        <Button size="small" kind="bare" onClick={onShow} aria-label={say.share('showCodeOf', { name: row.label })}>
          {say.share('qr')}
        </Button>
        {!readOnly && (
          <Button size="small" kind="bare" onClick={onRemove} aria-label={say.share('removeOf', { name: row.label })}>
            {t('delete')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** The tables or groups of the event: added one by one, by number, or from a list. */
export function TablesSection({ slug, tables, onShow }: Props) {
  const console = useConsole();
  const { boot, role, t } = console;
  const say = console.say.share;
  const { answer, rows, save, refusal } = tables;
  const [name, setName] = useState('');
  const [open, setOpen] = useState<'none' | 'numbered' | 'import'>('none');
  const readOnly = !may(role, 'member');
  const room = TABLES_MAX - rows.length;
  const isTaken = (label: string) => rows.some((row) => labelKey(row.label) === labelKey(label));
  const append = (labels: string[]) => {
    save(rows.concat(labels.map((label) => ({ label, guests: 0, photos: 0 }))));
    setOpen('none');
    showToast(say('added', { count: labels.length }));
  };
  const add = (event: Event) => {
    event.preventDefault();
    const label = name.trim();
    if (label === '' || isTaken(label) || room < 1) return;
    setName('');
    save(rows.concat({ label, guests: 0, photos: 0 }));
  };
  const remove = (row: TableRow) => {
    const before = rows;
    save(rows.filter((one) => one !== row));
    showToast(say('removed', { name: row.label }), { label: t('undo'), run: () => save(before) });
  };
  const keep = () => {
    const separator = SEMICOLON_LOCALES.indexOf(boot.locale) >= 0 ? ';' : ',';
    const head = [say('table'), say('guests'), say('photos'), say('link')];
    const lines = rows.map(({ label, code, guests, photos }) => [label, guests, photos, linkOf(slug, code || null)]);
    download(`${slug}-tables.csv`, new Blob([writeCsv([head, ...lines], separator)], { type: 'text/csv' }));
  };

  return (
    <section class="share-tables" aria-labelledby="share-tables">
      <div class="share-head">
        <div>
          <h2 id="share-tables">{say('tables')}</h2>
          <p class="quiet small">{say('tablesText')}</p>
        </div>
        <div class="share-buttons">
          {!readOnly && (
            <>
              <Button size="small" onClick={() => setOpen('numbered')}>
                {say('numbered')}
              </Button>
              <Button size="small" onClick={() => setOpen('import')}>
                {say('import')}
              </Button>
            </>
          )}
          {rows.length > 0 && (
            <Button size="small" onClick={keep}>
              {say('export')}
            </Button>
          )}
        </div>
      </div>
      {answer && !answer.ok && rows.length === 0 && <Failure refusal={answer} again={tables.load} />}
      {refusal && (
        <p class="notice notice-bad" role="alert">
          {reasonOf(console, refusal)}
        </p>
      )}
      {!answer && <div class="skeleton share-skeleton" aria-busy="true" aria-label={t('loading')} />}
      {rows.length > 0 && (
        <table class="share-list">
          <thead>
            <tr>
              <th scope="col">{say('table')}</th>
              <th scope="col" class="share-count">
                {say('guests')}
              </th>
              <th scope="col" class="share-count">
                {say('photos')}
              </th>
              <th scope="col">
                <span class="said">{say('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row
                key={row.code || `${at} ${row.label}`}
                row={row}
                readOnly={readOnly}
                isTaken={isTaken}
                onRename={(label) => save(rows.map((one) => (one === row ? { ...one, label } : one)))}
                onShow={() => row.code && onShow(row.code)}
                onRemove={() => remove(row)}
              />
            ))}
          </tbody>
        </table>
      )}
      {answer && answer.ok && !readOnly && room > 0 && (
        <form class="share-add" onSubmit={add}>
          <label class="said" for="share-add">
            {say('newTable')}
          </label>
          <input
            id="share-add"
            class="input"
            dir="auto"
            autocomplete="off"
            placeholder={say('newTable')}
            maxLength={2 * TABLE_LABEL_MAX_CHARACTERS}
            value={name}
            aria-invalid={isTaken(name) ? 'true' : undefined}
            aria-describedby={isTaken(name) ? 'share-add-error' : undefined}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit">{t('add')}</Button>
          {name.trim() !== '' && isTaken(name) && (
            <p class="field-error" id="share-add-error" role="alert">
              {say('taken')}
            </p>
          )}
        </form>
      )}
      {room < 1 && <p class="quiet small">{say('full', { count: TABLES_MAX })}</p>}
      {open === 'numbered' && (
        <TablesNumbered room={room} isTaken={isTaken} onAdd={append} onClose={() => setOpen('none')} />
      )}
      {open === 'import' && (
        <TablesImport
          known={rows.map(({ label }) => label)}
          room={room}
          onAdd={append}
          onClose={() => setOpen('none')}
        />
      )}
    </section>
  );
}
