import {
  claimOf,
  freeFrom,
  IDLE_MS,
  noClaims,
  readClaims,
  RENEW_MS,
  type ClaimsFrame,
  type Moderator,
} from './claim-rules.ts';

const SEND_MS = 40;

export interface ClaimsOptions {
  me: string;
  /** the list, where the person is in it, and the photo in hand */
  wanted: () => { list: { ids: readonly string[] }; at: number; current: string | null };
  onChange: () => void;
}

/** Holds the photo in hand and the next ones, so that two moderators never judge the same; knows who holds others. */
export function openClaims({ me, wanted, onChange }: ClaimsOptions) {
  let claims = noClaims;
  let send: (frame: object) => void = () => {};
  let sent = '';
  let sending: ReturnType<typeof setTimeout> | undefined;
  let touchedAt = Date.now();

  function claim(isRenewal: boolean): void {
    const { list, at, current } = wanted();
    const photoIds = claimOf(list.ids, at, current, claims.held);
    const text = photoIds.join();
    if (text === sent && !isRenewal) return;
    sent = text;
    send({ v: 1, type: 'claim', photoIds });
  }

  const timer = setInterval(() => {
    if (document.visibilityState === 'visible' && Date.now() - touchedAt < IDLE_MS && sent) claim(true);
  }, RENEW_MS);

  return {
    connect(sender: (frame: object) => void): void {
      send = sender;
    },
    take(frame: ClaimsFrame): void {
      claims = readClaims(frame, me);
      onChange();
    },
    /** The line is cut: the room lets go of everything that was held through it. */
    forget(): void {
      claims = noClaims;
    },
    /** The line is there: the room knows of nothing that was said before. */
    begin(): void {
      sent = '';
    },
    /** The person did something, or the list is another: what they hold may be another now. */
    renew(isTouched = false): void {
      if (isTouched) touchedAt = Date.now();
      sending ??= setTimeout(() => {
        sending = undefined;
        claim(false);
      }, SEND_MS);
    },
    holder: (id: string): Moderator | null => claims.held.get(id) || null,
    others: (): readonly Moderator[] => claims.others,
    /** the photo to take in hand at a place; one that somebody holds only when there is no other */
    freeFrom: (list: { ids: readonly string[] }, at: number): string | null =>
      freeFrom(list.ids, at, claims.held) || list.ids[Math.min(Math.max(at, 0), list.ids.length - 1)] || null,
    close(): void {
      clearInterval(timer);
      clearTimeout(sending);
    },
  };
}
