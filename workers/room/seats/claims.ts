import { claimsFrame, grantClaim } from './claim-rules.ts';
import type { FanOut } from './fan-out.ts';
import { readSeat, writeSeat, type Seat } from './seat.ts';
import { frameText, isOpen, send } from './sockets.ts';

/** Who at the desk has which photo in hand, and who is told of it. */
export function createClaims(ctx: DurableObjectState, fanOut: FanOut) {
  /** what staff were last told; told again after an eviction, which harms nobody */
  let told = '';

  const seats = (): Seat[] =>
    ctx
      .getWebSockets('staff')
      .filter(isOpen)
      .flatMap((socket) => readSeat(socket) ?? []);

  /** Tells staff when something has changed, and `always` in any case. Claims end by time and nobody is woken for it. */
  function tell(now: number, always?: WebSocket): void {
    const frame = frameText(claimsFrame(seats(), now));
    if (frame !== told) {
      told = frame;
      fanOut.tell(ctx.getWebSockets('staff'), frame, now);
    } else if (always !== undefined) send(always, frame);
  }

  return {
    tell,
    /** What another person holds is left out, and the sender then told who it is. */
    claim(socket: WebSocket, seat: Seat, wanted: string[], now: number): void {
      if (seat.moderator === null) return;
      const claim = grantClaim(wanted, seat.moderator, seats(), now);
      writeSeat(socket, { ...seat, claim });
      tell(now, claim.photoIds.length < new Set(wanted).size ? socket : undefined);
    },
  };
}
