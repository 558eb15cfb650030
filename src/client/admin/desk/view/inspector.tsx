import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { formatMoment } from '../../../../contract/messages/times.ts';
import type { PhotoDecision } from '../../../../contract/moderation.ts';
import type { DecisionReason, PhotoStatus } from '../../../../contract/photos.ts';
import { Link, useConsole } from '../../shell/console.tsx';
import type { Actions } from '../table/actions.ts';
import type { AlbumName, DeskPhoto } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';
import { GuestMenu } from './guest-menu.tsx';
import { ago, isolated, kindOf } from './parts.tsx';
import { useFailureWords } from './picture.tsx';
import { LightButton } from '../spotlight/light.tsx';
import { PhotoFile } from '../file/photo-file.tsx';
import { RecallLine } from '../recall/recall-line.tsx';

/** Nobody looks at the history of a photo that they pass by. */
const HISTORY_MS = 250;
const RESTORABLE_DAYS = 30;

const DID = { pending: 'didPending', approved: 'didApproved', rejected: 'didRejected' } as const;
const WHY = {
  after: 'whyAfter',
  trusted: 'whyTrusted',
  guest_blocked: 'whyBlocked',
  guest_unblocked: 'whyUnblocked',
  bulk_rule: 'whyRule',
  report: 'whyReport',
  words_changed: 'whyWords',
} as const;

/** "Ada rejected it", "Published by a rule: the guest is trusted". */
export function useDecisionWords() {
  const { say } = useConsole();
  const d = say.desk;
  return ({ by, reason }: { by: string | null; reason: DecisionReason | null }, to: PhotoStatus): string => {
    const did = DID[to as keyof typeof DID];
    const words = did ? d(did, { name: by ? isolated(by) : d('aRule') }) : '';
    return reason ? `${words} (${d(WHY[reason])})` : words;
  };
}

function Moment({ iso, event }: { iso: string; event: StaffEvent }) {
  const { boot } = useConsole();
  return (
    <time dateTime={iso} title={formatMoment(boot.locale, event.timeZone, iso)}>
      {ago(boot.locale, iso)}
    </time>
  );
}

function History({ photo, event }: { photo: DeskPhoto; event: StaffEvent }) {
  const { session, say } = useConsole();
  const words = useDecisionWords();
  const [items, setItems] = useState<PhotoDecision[] | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      void session
        .authed<{ items: PhotoDecision[] }>(`/api/v1/photos/${photo.id}/decisions`)
        .then((answer) => setItems(answer.ok ? answer.data.items : []));
    }, HISTORY_MS);
    return () => clearTimeout(timer);
  }, [photo.id, photo.status]);
  if (!items) return <div class="skeleton history-skeleton" aria-busy="true" />;
  if (!items.length) return <p class="quiet small">{say.desk('noHistory')}</p>;
  return (
    <ol class="history small">
      {items.map((item) => (
        <li key={item.at + item.to}>
          <span>{words(item, item.to)}</span>{' '}
          <span class="quiet">
            <Moment iso={item.at} event={event} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function sizeText(locale: string, bytes: number): string {
  const { format } = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return bytes < 100_000 ? `${format(Math.ceil(bytes / 1e3))} kB` : `${format(bytes / 1e6)} MB`;
}

export interface InspectorProps {
  desk: Desk;
  photo: DeskPhoto;
  actions: Actions;
  albums: readonly AlbumName[];
}

/** All that is known of the photo in hand. */
export function Inspector({ desk, photo, actions, albums }: InspectorProps) {
  const { boot, say } = useConsole();
  const d = say.desk;
  const words = useDecisionWords();
  const failureOf = useFailureWords();
  const [isOpen, setOpen] = useState(false);
  const { event } = desk;
  const { locale } = boot;
  const table = photo.guest && photo.guest.table;
  const album = albums.find((one) => one.id === photo.albumId);
  const { decided } = photo;
  const restorableUntil =
    photo.status === 'rejected' && decided
      ? new Date(Date.parse(decided.at) + RESTORABLE_DAYS * 86_400_000).toISOString()
      : null;
  return (
    <div class="inspector-body">
      {photo.failure && <p class="notice notice-bad">{failureOf(photo)}</p>}
      {photo.partial && <p class="notice notice-wait">{d('partial')}</p>}
      {photo.preview === 'stored' && photo.status !== 'failed' && (
        <p class="notice">{d(photo.kind === 'video' ? 'standInVideo' : 'standIn')}</p>
      )}
      {photo.originalState === 'awaited' && <p class="notice notice-wait">{d('copyOnly')}</p>}
      {photo.originalState === 'differs' && <p class="notice notice-bad">{d('originalDiffers')}</p>}
      {photo.reports ? (
        <p class="notice notice-bad">
          {d('reportedTimes', { count: photo.reports })}{' '}
          <Link to={`/admin/events/${event.slug}/reports`}>{d('toReports')}</Link>
        </p>
      ) : null}
      {(photo.flags || []).map((flag) => (
        <p class="notice notice-wait" key={flag}>
          {d(flag === 'words_held' ? 'flagHeld' : 'flagHidden')}
        </p>
      ))}
      {photo.caption && (
        <p class="inspector-caption" dir="auto">
          {photo.caption}
        </p>
      )}
      <div class="inspector-who">
        <GuestMenu desk={desk} photo={photo} actions={actions} />
      </div>
      <dl>
        {table && <dt>{d('table')}</dt>}
        {table && <dd dir="auto">{table.label}</dd>}
        <dt>{d('sentAt')}</dt>
        <dd>
          <Moment iso={photo.createdAt} event={event} />
        </dd>
        {photo.takenAt && <dt>{d('takenAt')}</dt>}
        {photo.takenAt && <dd>{formatMoment(locale, event.timeZone, photo.takenAt)}</dd>}
        {photo.shownAt && <dt>{d('shownAt')}</dt>}
        {photo.shownAt && (
          <dd>
            <Moment iso={photo.shownAt} event={event} />
          </dd>
        )}
        {photo.location !== 'none' && <dt>{d('place')}</dt>}
        {photo.location !== 'none' && <dd>{d(photo.location === 'kept' ? 'placeKept' : 'placeRemoved')}</dd>}
        <dt>{d('size')}</dt>
        <dd>
          <bdi dir="ltr">
            {kindOf(photo)} · {photo.width && photo.height ? `${photo.width} × ${photo.height} · ` : ''}
            {sizeText(locale, photo.bytes)}
          </bdi>
        </dd>
        {photo.consentVersion && <dt>{d('consent')}</dt>}
        {photo.consentVersion && (
          <dd>
            <Link to="/admin/account/consent">{d('consentVersion', { version: photo.consentVersion })}</Link>
          </dd>
        )}
        {album && <dt>{d('album')}</dt>}
        {album && <dd dir="auto">{album.name}</dd>}
      </dl>
      <LightButton desk={desk} photo={photo} actions={actions} />
      <PhotoFile key={photo.id} photo={photo} />
      {photo.duplicateOf && (
        <p class="notice notice-wait">
          {d('duplicate')}{' '}
          <Link to={`/admin/events/${event.slug}/photos?photo=${photo.duplicateOf}`}>{d('toOriginal')}</Link>
        </p>
      )}
      {decided && (
        <p class="small">
          <span>{words(decided, photo.status)}</span>{' '}
          <span class="quiet">
            <Moment iso={decided.at} event={event} />
          </span>
        </p>
      )}
      <RecallLine key={`recall ${photo.id} ${photo.status}`} desk={desk} photo={photo} />
      {restorableUntil && (
        <p class="quiet small">{d('restorable', { date: formatMoment(locale, event.timeZone, restorableUntil) })}</p>
      )}
      <button
        type="button"
        class="button button-bare button-small"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {d('history')}
      </button>
      {isOpen && <History photo={photo} event={event} />}
    </div>
  );
}
