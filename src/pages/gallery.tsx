import type { GalleryBoot } from '../contract/boot.ts';
import type { Event } from '../contract/events.ts';
import { guest, translator, type Locale, type Translator } from '../contract/messages/index.ts';
import { formatDay, formatMoment } from '../contract/messages/times.ts';
import type { Photo } from '../contract/photos.ts';
import { Brand, LegalLinks, renderDocument, type PageTenant } from './document.tsx';
import { galleryPath, TableField } from './table-field.tsx';
import { EAGER_TILES, tileHtml, tileTemplateHtml } from './tile.tsx';

export interface GalleryProps {
  tenant: PageTenant;
  event: Event;
  /** approved photos, newest first */
  photos: Photo[];
  /** address of the page with older photos */
  nextPage: string | null;
  /** true on any page but the first: live arrivals belong to the first only */
  older?: boolean;
  position: { epoch: string; seq: number };
  locale: Locale;
  viewer: 'anyone' | 'guest';
  canUpload: boolean;
  uploadClosedReason?: 'closed' | 'not_yet' | undefined;
  /** largest file a guest may send, in bytes */
  maxUploadBytes?: number;
  /** publication is stopped: what guests read instead of photos, if the host has written something */
  held?: { message: string | null } | null;
  /** of the address; only plain forms and links carry it on */
  tableCode?: string | undefined;
}

const MAX_UPLOAD_BYTES = 50_000_000;
type T = Translator<(typeof guest)['en']>;

function AddForm({ slug, tableCode, t }: { slug: string; tableCode: string | undefined; t: T }) {
  return (
    <section class="add" id="add" aria-labelledby="add-title">
      <form class="stack" method="post" action={`/e/${slug}/photos`} enctype="multipart/form-data">
        <TableField code={tableCode} />
        <h2 id="add-title">{t('add')}</h2>
        <div class="field">
          <label for="plain-photos">{t('choose')}</label>
          <input
            id="plain-photos"
            type="file"
            name="photos"
            multiple
            required
            accept="image/jpeg,image/png,image/webp"
            aria-describedby="plain-hint"
          />
          <span class="field-hint" id="plain-hint">
            {t('chooseHint')}
          </span>
        </div>
        <div class="field">
          <label for="plain-name">
            {t('yourName')} <span class="quiet">({t('optional')})</span>
          </label>
          <input id="plain-name" type="text" name="name" maxLength={80} autocomplete="given-name" />
        </div>
        <button class="button" type="submit">
          {t('send')}
        </button>
      </form>
    </section>
  );
}

function Empty({ event, canUpload, t }: { event: Event; canUpload: boolean; t: T }) {
  const dropbox = event.guestView === 'dropbox';
  const text = dropbox ? t('dropboxText') : canUpload ? t('emptyText') : t('emptyClosed');
  return (
    <div class="empty" id="empty">
      <h2>{dropbox ? t('dropboxTitle') : t('emptyTitle')}</h2>
      <p class="quiet">{text}</p>
      {canUpload && (
        <a class="button" href="#add">
          {t('add')}
        </a>
      )}
    </div>
  );
}

/** Always in the page, so that an open one can show it too. */
function Held({ held, t }: { held: GalleryProps['held']; t: T }) {
  return (
    <div class="empty" id="held" hidden={!held}>
      <h2>{t('heldTitle')}</h2>
      <p class="quiet" id="held-text" dir="auto">
        {held?.message ?? t('heldText')}
      </p>
    </div>
  );
}

function Bar({ canUpload, t }: { canUpload: boolean; t: T }) {
  return (
    <nav class="bar" aria-label={t('photos')}>
      <div id="bar-line" />
      <ul>
        <li>
          <a class="bar-item" id="bar-photos" href="#photos" aria-current="page">
            {t('photos')}
          </a>
        </li>
        <li>
          {canUpload && (
            <a class="button" id="bar-add" href="#add" aria-label={t('add')}>
              {t('addShort')}
            </a>
          )}
        </li>
        <li>
          <button class="bar-item" id="bar-mine" type="button" hidden>
            {t('mine')}
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** The gallery of one event, complete without JavaScript. @returns a whole HTML page */
export function renderGallery(props: GalleryProps): string {
  const { event, locale, canUpload, tenant } = props;
  const t = translator(locale, guest);
  const photos = event.guestView === 'dropbox' ? [] : props.photos;
  let tiles = '';
  for (let i = 0; i < photos.length; i++) tiles += tileHtml(photos[i] as Photo, event.name, locale, i < EAGER_TILES);

  const closed =
    props.uploadClosedReason === 'not_yet' && event.opensAt
      ? t('uploadsNotYet', { time: formatMoment(locale, event.timeZone, event.opensAt) })
      : props.uploadClosedReason
        ? t('uploadsClosed')
        : null;
  const boot: GalleryBoot = {
    event: {
      id: event.id,
      slug: event.slug,
      name: event.name,
      timeZone: event.timeZone,
      moderation: event.moderation,
    },
    position: props.position,
    locale,
    canUpload,
    live: !props.older && event.guestView === 'gallery',
    needsPin: event.visibility === 'pin',
    maxUploadBytes: props.maxUploadBytes ?? MAX_UPLOAD_BYTES,
  };

  return renderDocument({
    locale,
    title: `${event.name} · ${tenant.name}`,
    entry: 'gallery',
    theme: tenant.theme,
    image: photos[0]?.renditions[1]?.url ?? null,
    boot,
    children: (
      <>
        <a class="skip" href="#photos">
          {t('skip')}
        </a>
        <header class="event-head">
          <Brand tenant={tenant} />
          <h1 dir="auto">{event.name}</h1>
          <p class="quiet">
            {event.startsAt && (
              <time dateTime={event.startsAt}>{formatDay(locale, event.timeZone, event.startsAt)}</time>
            )}
          </p>
          {closed && <p class="quiet">{closed}</p>}
        </header>
        <main>
          <p class="state-line" id="state" role="status" hidden />
          <ul
            class="grid"
            id="photos"
            tabIndex={-1}
            aria-label={t('photos')}
            dangerouslySetInnerHTML={{ __html: tiles }}
          />
          <p class="said" id="said" aria-live="polite" />
          <Held held={props.held} t={t} />
          {photos.length === 0 && !props.held && <Empty event={event} canUpload={canUpload} t={t} />}
          {(props.nextPage || props.older) && (
            <nav class="pages stack" aria-label={t('older')}>
              {props.older && <a href={galleryPath(event.slug, { t: props.tableCode })}>{t('newest')}</a>}
              {props.nextPage && (
                <a class="button button-quiet" rel="next" href={props.nextPage}>
                  {t('older')}
                </a>
              )}
            </nav>
          )}
          {canUpload && <AddForm slug={event.slug} tableCode={props.tableCode} t={t} />}
          <LegalLinks tenant={tenant} locale={locale} />
        </main>
        <Bar canUpload={canUpload} t={t} />
        <div class="toasts" id="toasts" role="status" />
        <div id="app" />
        <div dangerouslySetInnerHTML={{ __html: tileTemplateHtml() }} />
      </>
    ),
  });
}
