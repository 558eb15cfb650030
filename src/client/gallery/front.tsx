import type { GalleryBoot } from '../../contract/boot.ts';
import type { ReportReason } from '../../contract/reports.ts';
import { AddSheet } from './add-sheet.tsx';
import { ConsentGate } from './mine/consent.tsx';
import type { ConsentState } from './mine/consent-state.ts';
import { Film } from './mine/film.tsx';
import type { Arriving } from './mine/move/arrival-rules.ts';
import { Mine } from './mine/open.tsx';
import type { OwnPhotos } from './mine/own-photos.ts';
import { Rows } from './mine/own-rows.tsx';
import type { LaterOutbox } from './outbox/later.ts';
import { isOpen } from './outbox/rules/queue-rules.ts';
import { ReportSheet } from './report-sheet.tsx';
import type { Session } from './session.ts';
import { t } from './words.ts';

/** What lies over the photos. */
export type What =
  | { kind: 'add' | 'mine' }
  | { kind: 'arrival'; arriving: Arriving }
  | { kind: 'report'; id: string; picture: { src: string; alt: string } };

export interface FrontProps {
  what: What | null;
  boot: GalleryBoot;
  own: OwnPhotos;
  outbox: LaterOutbox;
  session: Session;
  consent: ConsentState;
  canUpload: boolean;
  /** guests see nobody's photos until their reveal */
  isHidden: boolean;
  open: (what: What) => void;
  close: () => void;
  onDelete: (id: string) => void;
  /** this device is another guest than it was; or nobody */
  onChanged: (isSomebody: boolean) => void;
}

export function Front(props: FrontProps) {
  const { what, boot, own, outbox, session, consent, canUpload, isHidden, open, close, onDelete, onChanged } = props;
  if (what === null) return null;
  if (what.kind === 'report') {
    const send = (reason: ReportReason, note: string) => session.report(what.id, reason, note);
    return <ReportSheet key={what.id} picture={what.picture} send={send} onClose={close} />;
  }
  if (what.kind === 'arrival') {
    return (
      <Mine key={what.arriving.token} locale={boot.locale} title={t('arriveTitle')} onClose={close}>
        {({ Arrival }) => (
          <Arrival
            event={boot.event.id}
            arriving={what.arriving}
            own={own}
            onJoined={() => onChanged(true)}
            onMine={() => open({ kind: 'mine' })}
            onClose={close}
          />
        )}
      </Mine>
    );
  }
  if (what.kind === 'mine') {
    return (
      <Mine key="mine" locale={boot.locale} title={t('mine')} wide onClose={close}>
        {({ MineView }) => (
          <MineView
            boot={boot}
            own={own}
            outbox={outbox}
            shows={!isHidden}
            onAdd={canUpload ? () => open({ kind: 'add' }) : null}
            onDelete={onDelete}
            onErased={() => onChanged(false)}
            onClose={close}
          />
        )}
      </Mine>
    );
  }
  const onWay = outbox.uploads().filter(isOpen).length;
  return (
    <AddSheet
      key="add"
      outbox={outbox}
      formats={boot.formats}
      canUpload={canUpload}
      session={own.session()}
      isFailed={own.failed()}
      needsPin={boot.needsPin}
      join={session.join}
      around={(choose) => (
        <Film boot={boot} sent={own.list().length} open={onWay}>
          <ConsentGate consent={consent}>{choose}</ConsentGate>
        </Film>
      )}
      onClose={close}
    >
      <Rows outbox={outbox} own={own} shows={!isHidden} isFilm={Boolean(boot.camera)} onDelete={onDelete} />
    </AddSheet>
  );
}
