import type { BootFormat, GalleryBoot } from '../contract/boot.ts';
import type { AskedConsent } from '../contract/consent.ts';
import type { Camera } from '../contract/event-settings.ts';
import type { Event } from '../contract/events.ts';
import { directionOf, guest, LOCALES, translator, type Locale, type Translator } from '../contract/messages/index.ts';
import { formatDay, formatMoment } from '../contract/messages/times.ts';
import type { Photo } from '../contract/photos.ts';
import { Brand, LegalLinks, renderDocument, type PageTenant } from './document.tsx';
import { Languages } from './languages.tsx';
import { addressOf, galleryPath, TableField } from './table-field.tsx';
import { EAGER_TILES, tileHtml, tileTemplateHtml } from './tile.tsx';

/** A published album, as its chip says it. */
export interface AlbumChip {
  id: string;
  name: string;
  photos: number;
}

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
  /** what a guest may send */
  formats?: BootFormat[];
  /** of the address; only plain forms and links carry it on */
  tableCode?: string | undefined;
  /** the language the address asks for, likewise */
  lang?: Locale | undefined;
  /** in which the event may be read */
  languages?: readonly Locale[];
  /** set while publication is stopped; `null`: in our words */
  held?: { message: string | null } | null;
  /** whether guests see each other's photos at this moment */
  shows?: boolean;
  albums?: readonly AlbumChip[];
  /** whether guests may have photos as files */
  downloads?: boolean;
  /** what has to be agreed to before anything is sent */
  consent?: AskedConsent | null;
  /** a disposable camera, developed at the event's `revealAt` */
  camera?: Camera | null;
  /** the album that is looked at */
  album?: string | undefined;
}

type T = Translator<(typeof guest)['en']>;

interface PartProps {
  props: GalleryProps;
  t: T;
}

/** What is agreed to, whole, and the box that says so. */
function Consent({ consent, t }: { consent: AskedConsent; t: T }) {
  return (
    <div class="panel consent">
      <p
        class="consent-text"
        id="plain-consent-text"
        lang={consent.locale}
        dir={directionOf(consent.locale)}
        tabIndex={0}
      >
        {consent.text}
      </p>
      <label class="report-reason">
        <input type="checkbox" name="consent" value={consent.version} required aria-describedby="plain-consent-text" />
        <span>{t('consentAgree')}</span>
      </label>
    </div>
  );
}

/** What kind of camera this is, while its photos are still in it. */
function cameraWords({ camera, event, locale, shows }: GalleryProps, t: T): string | null {
  if (!camera || !event.revealAt || shows) return null;
  return t('cameraText', { count: camera.shots, time: formatMoment(locale, event.timeZone, event.revealAt) });
}

function AddForm({ props, t }: PartProps) {
  const { event, lang, tableCode, consent } = props;
  return (
    <section class="add" id="add" aria-labelledby="add-title">
      <form
        class="stack"
        method="post"
        action={addressOf(`/e/${event.slug}/photos`, { lang })}
        enctype="multipart/form-data"
      >
        <TableField code={tableCode} />
        <h2 id="add-title">{t('add')}</h2>
        <div class="field">
          <label for="plain-photos">{t('plainChoose')}</label>
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
            {t('formHint')}
          </span>
        </div>
        <div class="field">
          <label for="plain-name">
            {t('yourName')} <span class="quiet">({t('optional')})</span>
          </label>
          <input id="plain-name" type="text" name="name" maxLength={80} autocomplete="given-name" />
        </div>
        {consent && <Consent consent={consent} t={t} />}
        <button class="button" type="submit">
          {t('send')}
        </button>
        <p class="quiet small">{t('oldBrowser')}</p>
      </form>
    </section>
  );
}

/** Stands in the page also when there are photos: the last of them may go, and uploads may open, while it is looked at. */
function Empty({ props, isHidden, t }: PartProps & { isHidden: boolean }) {
  const { event, canUpload, album, locale } = props;
  const camera = cameraWords(props, t);
  const dropbox = event.guestView === 'dropbox';
  const text = camera
    ? camera
    : dropbox
      ? event.revealAt
        ? t('dropboxReveal', { time: formatMoment(locale, event.timeZone, event.revealAt) })
        : t('dropboxText')
      : album
        ? t('albumEmpty')
        : t(canUpload ? 'emptyText' : 'emptyClosed');
  return (
    <div class="empty" id="empty" hidden={isHidden}>
      <h2>{t(camera ? 'cameraTitle' : dropbox ? 'dropboxTitle' : 'emptyTitle')}</h2>
      <p class="quiet">{text}</p>
      <a class="button" href="#add" hidden={!canUpload}>
        {t('add')}
      </a>
    </div>
  );
}

/** Instead of the photos while the host has stopped publication. */
function Held({ held, t }: { held: { message: string | null } | null; t: T }) {
  return (
    <section class="held" id="held" aria-live="polite" hidden={!held}>
      <p class="held-title" id="held-text" dir="auto" data-default={t('heldTitle')}>
        {held?.message ?? t('heldTitle')}
      </p>
      <p>{t('heldText')}</p>
    </section>
  );
}

function Albums({ props: { event, albums = [], album, lang, tableCode }, t }: PartProps) {
  const chip = (id: string | undefined, name: string, photos: number | null) => (
    <li key={id ?? ''}>
      <a
        class="chip"
        href={galleryPath(event.slug, { album: id, lang, t: tableCode })}
        aria-current={id === album ? 'page' : undefined}
      >
        <bdi>{name}</bdi>
        {photos !== null && (
          <>
            <span class="chip-count" aria-hidden="true">
              {photos}
            </span>
            <span class="said"> ({t('photoCount', { count: photos })})</span>
          </>
        )}
      </a>
    </li>
  );
  return (
    <nav class="albums" id="albums" aria-label={t('albums')} hidden={albums.length === 0}>
      <ul>
        {chip(undefined, t('allPhotos'), null)}
        {albums.map(({ id, name, photos }) => chip(id, name, photos))}
      </ul>
    </nav>
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
          <a class="button" id="bar-add" href="#add" aria-label={t('add')} hidden={!canUpload}>
            {t('addShort')}
          </a>
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
  const { event, locale, canUpload, tenant, lang, tableCode, album } = props;
  const t = translator(locale, guest);
  const held = props.held ?? null;
  const shows = props.shows ?? (event.guestView !== 'dropbox' && !held);
  const photos = shows ? props.photos : [];
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
    live: !props.older && !album,
    shows,
    album: album ?? null,
    older: props.older ?? false,
    needsPin: event.visibility === 'pin',
    downloads: props.downloads ?? true,
    consent: props.consent ?? null,
    camera: props.camera ? { shots: props.camera.shots, revealsAt: event.revealAt } : null,
    formats: props.formats ?? [],
  };

  return renderDocument({
    locale,
    title: `${event.name} · ${tenant.name}`,
    entry: 'gallery',
    theme: tenant.theme,
    description: t('linkText'),
    image: photos[0]?.renditions[1]?.url ?? null,
    boot,
    children: (
      <>
        <a class="skip" href="#photos">
          {t('skip')}
        </a>
        <header class="event-head">
          <div class="event-top">
            <Brand tenant={tenant} />
            <Languages
              locale={locale}
              offered={props.languages ?? LOCALES}
              path={`/e/${event.slug}`}
              parameters={{ album, t: tableCode }}
            />
          </div>
          <h1 dir="auto">{event.name}</h1>
          <p class="quiet">
            {event.startsAt && (
              <time dateTime={event.startsAt}>{formatDay(locale, event.timeZone, event.startsAt)}</time>
            )}
          </p>
          <p class="quiet" id="closed" hidden={!closed}>
            {closed ?? t('uploadsClosed')}
          </p>
        </header>
        <main>
          <p class="state-line" id="state" role="status" hidden />
          <Albums props={props} t={t} />
          <Held held={held} t={t} />
          <ul
            class="grid"
            id="photos"
            tabIndex={-1}
            aria-label={t('photos')}
            dangerouslySetInnerHTML={{ __html: tiles }}
          />
          <p class="said" id="said" aria-live="polite" />
          <Empty props={props} isHidden={photos.length > 0 || held !== null} t={t} />
          {(props.nextPage || props.older) && !held && (
            <nav class="pages stack" id="pages" aria-label={t('older')}>
              {props.older && <a href={galleryPath(event.slug, { album, lang, t: tableCode })}>{t('newest')}</a>}
              {props.nextPage && (
                <a class="button button-quiet" rel="next" href={props.nextPage}>
                  {t('older')}
                </a>
              )}
            </nav>
          )}
          {canUpload && <AddForm props={props} t={t} />}
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
