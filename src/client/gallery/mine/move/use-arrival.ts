import { useEffect, useRef, useState } from 'preact/hooks';
import type { GuestSession } from '../../../../contract/guests.ts';
import type { TransferName } from '../../../../contract/me.ts';
import { call, eventPath, type Refusal } from '../../../shared/api.ts';
import { sayCode } from '../../words.ts';
import { m } from '../mine-words.ts';
import type { Arriving } from './arrival-rules.ts';

type Joined = Pick<GuestSession, 'guest' | 'joinedPhotos'>;

/** Whose a link is, and what became of following it. `over`: it is good for nothing; `pin`: it waits for the new PIN. */
export type ArrivalState =
  | { kind: 'asking' }
  | { kind: 'over' }
  | { kind: 'pin' }
  | { kind: 'failed'; text: string }
  | { kind: 'ready' | 'busy'; name: string | null; problem: string | null }
  | { kind: 'joined'; joined: Joined };

const wordsOf = ({ code }: Refusal): string => (code ? sayCode(code) : m('noConnection'));

/** What cannot be mended by asking again; null for what can. */
function endOf({ code }: Refusal): ArrivalState | null {
  if (code === 'guest.transfer_invalid') return { kind: 'over' };
  return code === 'event.pin_required' ? { kind: 'pin' } : null;
}

/** Asks the server whose a link is, as it can say what it likes itself, and follows it when a person wants to. */
export function useArrival(event: string, arriving: Arriving) {
  const [state, setState] = useState<ArrivalState>({ kind: 'asking' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isGone = false;
    setState({ kind: 'asking' });
    const body = { transfer: arriving.token };
    void call<TransferName>(eventPath(event, '/session/transfer'), { method: 'POST', body }).then((answer) => {
      if (isGone) return;
      if (answer.ok) return setState({ kind: 'ready', name: answer.data.name, problem: null });
      setState(endOf(answer) || { kind: 'failed', text: wordsOf(answer) });
    });
    return () => {
      isGone = true;
    };
  }, [round]);

  // A link is used up by its first answer, also by one that is lost on the way: the same question gets it again.
  const key = useRef('');
  async function join(name: string | null): Promise<boolean> {
    if (!key.current) key.current = Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
    setState({ kind: 'busy', name, problem: null });
    const answer = await call<Joined>(eventPath(event, '/session'), {
      method: 'POST',
      headers: { 'Idempotency-Key': key.current },
      body: { transfer: arriving.token },
    });
    if (answer.ok) setState({ kind: 'joined', joined: answer.data });
    else setState(endOf(answer) || { kind: 'ready', name, problem: wordsOf(answer) });
    return answer.ok;
  }
  return { state, join, again: () => setRound(round + 1) };
}
