import { useEffect, useRef, useState } from 'preact/hooks';
import { call, eventPath } from '../../../shared/api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice, Skeleton } from '../../../shared/ui/states.tsx';
import { sayCode } from '../../words.ts';
import { m } from '../mine-words.ts';
import type { OwnPhotos } from '../own-photos.ts';
import type { Arriving } from './arrival-rules.ts';

interface Joined {
  guest: { name: string | null };
  /** that were of this device before, and came along */
  joinedPhotos?: number;
}

export interface ArrivalProps {
  event: string;
  arriving: Arriving;
  own: OwnPhotos;
  /** this device is that guest now */
  onJoined: () => void;
  onMine: () => void;
  onClose: () => void;
}

/** Asks before this device becomes somebody: what it has sent so far goes with it. */
export function Arrival({ event, arriving, own, onJoined, onMine, onClose }: ArrivalProps) {
  const [step, setStep] = useState<'ask' | 'busy'>('ask');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [joined, setJoined] = useState<Joined | null>(null);
  useEffect(() => {
    if (own.session() === 'unknown') void own.refresh();
  }, []);
  // A link is used up by its first answer, also by one that is lost on the way: the same question gets it again.
  const key = useRef('');
  const join = async () => {
    if (!key.current) key.current = Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
    setStep('busy');
    const answer = await call<Joined>(eventPath(event, '/session'), {
      method: 'POST',
      headers: { 'Idempotency-Key': key.current },
      body: { transfer: arriving.token },
    });
    setStep('ask');
    if (!answer.ok) return setRefusal(answer.code ? sayCode(answer.code) : m('noConnection'));
    setJoined(answer.data);
    onJoined();
  };

  if (joined) {
    const { guest, joinedPhotos = 0 } = joined;
    return (
      <div class="stack" role="status" id="arrived">
        <p class="mine-welcome">{guest.name ? m('welcomeName', { name: guest.name }) : m('welcome')}</p>
        {joinedPhotos > 0 && <p>{m('cameAlong', { count: joinedPhotos })}</p>}
        <Button kind="main" wide onClick={onMine}>
          {m('seeMine')}
        </Button>
      </div>
    );
  }
  const count = own.list().length;
  const isAsking = own.session() === 'unknown' && !own.failed();
  return (
    <div class="stack">
      <p>{arriving.name ? m('arriveName', { name: arriving.name }) : m('arriveText')}</p>
      {refusal && (
        <Notice tone="bad" role="alert">
          {refusal}
        </Notice>
      )}
      {isAsking ? <Skeleton height="48px" /> : count > 0 && <Notice tone="wait">{m('willJoin', { count })}</Notice>}
      <Button kind="main" wide busy={step === 'busy' || isAsking} onClick={() => void join()}>
        {m('arriveYes')}
      </Button>
      <Button wide onClick={onClose}>
        {m('arriveNo')}
      </Button>
    </div>
  );
}
