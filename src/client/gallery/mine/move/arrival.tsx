import { useEffect } from 'preact/hooks';
import { Button } from '../../../shared/ui/button.tsx';
import { ErrorState, Notice, Skeleton } from '../../../shared/ui/states.tsx';
import { t } from '../../words.ts';
import { m } from '../mine-words.ts';
import type { OwnPhotos } from '../own-photos.ts';
import { arrivalHash, type Arriving } from './arrival-rules.ts';
import { useArrival } from './use-arrival.ts';

export interface ArrivalProps {
  event: string;
  arriving: Arriving;
  /** null: at the door, where this device is nobody yet */
  own: OwnPhotos | null;
  /** this device is that guest now */
  onJoined: () => void;
  onMine: () => void;
  /** the event has another PIN since the link was made */
  onPin?: () => void;
  onClose: () => void;
}

/** The door of the event asks for the PIN, and the link goes on from there. */
function openDoor(arriving: Arriving): void {
  history.replaceState(history.state, '', location.pathname + location.search + arrivalHash(arriving));
  location.reload();
}

/** Asks before this device becomes somebody: what it has sent so far goes with it. */
export function Arrival({ event, arriving, own, onJoined, onMine, onPin, onClose }: ArrivalProps) {
  const { state, join, again } = useArrival(event, arriving);
  useEffect(() => {
    if (own && own.session() === 'unknown') void own.refresh();
  }, []);

  if (state.kind === 'joined') {
    const { guest, joinedPhotos } = state.joined;
    return (
      <div class="stack" role="status" id="arrived">
        <p class="mine-welcome">{guest.name ? m('welcomeName', { name: guest.name }) : m('welcome')}</p>
        {joinedPhotos > 0 && <p>{m('cameAlong', { count: joinedPhotos })}</p>}
        <Button kind="main" wide onClick={onMine}>
          {m(own ? 'seeMine' : 'seeAll')}
        </Button>
      </div>
    );
  }
  if (state.kind === 'failed') {
    return <ErrorState title={m('arriveFailed')} text={state.text} again={{ label: t('retry'), run: again }} />;
  }
  if (state.kind === 'over') {
    return (
      <ErrorState
        title={m('arriveOver')}
        text={m('arriveOverText')}
        again={{ label: own ? t('close') : m('arrivePinYes'), run: onClose }}
      />
    );
  }
  if (state.kind === 'pin') {
    const run = onPin || (() => openDoor(arriving));
    return <ErrorState title={m('arrivePin')} text={t('pinLink')} again={{ label: m('arrivePinYes'), run }} />;
  }
  const isAsking = state.kind === 'asking' || (own !== null && own.session() === 'unknown' && !own.failed());
  const count = own ? own.list().length : 0;
  return (
    <div class="stack" aria-busy={isAsking}>
      {state.kind === 'asking' ? (
        <Skeleton lines={2} />
      ) : (
        <p>{state.name ? m('arriveName', { name: state.name }) : m('arriveText')}</p>
      )}
      {state.kind !== 'asking' && state.problem && (
        <Notice tone="bad" role="alert">
          {state.problem}
        </Notice>
      )}
      {!isAsking && count > 0 && <Notice tone="wait">{m('willJoin', { count })}</Notice>}
      <Button
        kind="main"
        wide
        busy={isAsking || state.kind === 'busy'}
        onClick={() => state.kind === 'ready' && void join(state.name).then((isIn) => isIn && onJoined())}
      >
        {m('arriveYes')}
      </Button>
      <Button wide onClick={onClose}>
        {m('arriveNo')}
      </Button>
    </div>
  );
}
