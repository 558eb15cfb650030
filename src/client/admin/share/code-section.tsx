import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { useConsole } from '../shell/console.tsx';
import { CopyField } from '../shell/ui.tsx';
import { CodeShow } from './code-show.tsx';
import { download } from './download.ts';
import { linkOf } from './links.ts';
import { qrPngFile, qrSvgFile } from './qr-code.ts';
import { QrPicture } from './qr-picture.tsx';
import type { TableRow } from './use-tables.ts';

const EVERYBODY = '';
const PNG_PIXELS = [1024, 2048] as const;

interface Shareable {
  share?: (data: { title: string; url: string }) => Promise<void>;
}

/** Why guests would stand before a closed door, if they would. */
function Warning({ event }: { event: StaffEvent }) {
  const { say } = useConsole();
  const key =
    event.visibility === 'private'
      ? 'warnPrivate'
      : event.status === 'draft'
        ? 'warnDraft'
        : event.status === 'archived'
          ? 'warnArchived'
          : null;
  return key && <p class="notice notice-wait">{say.share(key)}</p>;
}

interface Props {
  event: StaffEvent;
  rows: TableRow[];
  /** code of the table whose QR code is shown; empty: the one for everybody */
  chosen: string;
  onChoose: (code: string) => void;
}

/** The code as large as the page allows, and every way to take it along. */
export function CodeSection({ event, rows, chosen, onChoose }: Props) {
  const { say } = useConsole();
  const t = say.share;
  const [isShown, setShown] = useState(false);
  const table = rows.find(({ code }) => code === chosen && chosen !== EVERYBODY);
  const link = linkOf(event.slug, table && table.code ? table.code : null);
  const file = `${event.slug}${table && table.code ? `-${table.code}` : ''}`;
  const sharing = navigator as unknown as Shareable;
  const options = [{ value: EVERYBODY, label: t('everybody') }].concat(
    rows.flatMap(({ code, label }) => (code ? [{ value: code, label }] : [])),
  );
  const png = async (pixels: number) => {
    const picture = await qrPngFile(link, pixels);
    if (picture) download(`${file}-${pixels}.png`, picture);
  };
  return (
    <section class="share-code" aria-labelledby="share-code">
      <h2 class="said" id="share-code">
        {t('code')}
      </h2>
      <button type="button" class="share-qr" aria-label={t('show')} onClick={() => setShown(true)}>
        <QrPicture text={link} label={t('codeOf', { link })} />
      </button>
      <div class="stack share-ways">
        <Warning event={event} />
        {rows.length > 0 && (
          <SelectField
            label={t('codeFor')}
            name="table"
            value={table ? chosen : EVERYBODY}
            options={options}
            onChange={onChoose}
          />
        )}
        <CopyField label={t('link')} value={link} />
        {event.visibility === 'pin' && (
          <p class="share-pin">
            <span class="quiet">{t('pin')}</span>{' '}
            {event.pin ? <strong dir="ltr">{event.pin}</strong> : <span class="quiet">{t('pinHidden')}</span>}
          </p>
        )}
        <div class="share-buttons">
          <Button kind="main" onClick={() => setShown(true)}>
            {t('show')}
          </Button>
          {sharing.share && (
            <Button onClick={() => void sharing.share!({ title: event.name, url: link }).catch(() => undefined)}>
              {t('send')}
            </Button>
          )}
        </div>
        <div>
          <p class="share-label" id="share-files">
            {t('files')}
          </p>
          <div class="share-buttons" role="group" aria-labelledby="share-files">
            <Button
              size="small"
              onClick={() => download(`${file}.svg`, new Blob([qrSvgFile(link)], { type: 'image/svg+xml' }))}
            >
              SVG
            </Button>
            {PNG_PIXELS.map((pixels) => (
              <Button key={pixels} size="small" onClick={() => void png(pixels)}>
                PNG <bdi>{pixels}</bdi> px
              </Button>
            ))}
          </div>
          <p class="field-hint">{t('filesHint')}</p>
        </div>
      </div>
      {isShown && (
        <CodeShow event={event} link={link} label={table ? table.label : null} onClose={() => setShown(false)} />
      )}
    </section>
  );
}
