import { readEventSettings } from '../../contract/event-settings.ts';
import type { Locale } from '../../contract/messages/shape.ts';
import type { Problem } from '../../contract/errors.ts';
import { GUEST_PHOTOS_MAX } from '../../contract/values/event-limits.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { AllowanceRow, GuestPhotos } from '../../db/usage.ts';
import { DomainError } from '../errors.ts';
import { askedOf, type Wording } from './consent-rules.ts';
import { limitsOf } from './plans.ts';

type Event = Pick<EventRow, 'settings' | 'revealAt'>;
type Quota = NonNullable<Problem['quota']>;

const full = (detail: string, quota: Quota): DomainError =>
  new DomainError('quota.exceeded', detail, { members: { quota } });
const gigabytes = (bytes: number): string => `${Math.floor(bytes / 100_000_000) / 10} GB`;

/**
 * Whether this guest has room for another photo.
 * @throws DomainError guest.no_shots_left, quota.exceeded
 */
export function requireRoomOfGuest(event: Event, { kept, taken }: GuestPhotos): void {
  const { camera, photosPerGuest } = readEventSettings(event.settings);
  if (camera && taken >= camera.shots) {
    throw new DomainError(
      'guest.no_shots_left',
      `All ${camera.shots} shots of your camera are used. What you have taken is developed at the reveal.`,
    );
  }
  const limit = photosPerGuest ?? GUEST_PHOTOS_MAX;
  if (kept < limit) return;
  throw full(
    `You have sent ${kept} photos, and one guest may send ${limit} to this event. Delete some of yours, or ask the host to allow more.`,
    { of: 'guest', unit: 'photos', limit, used: kept },
  );
}

/** Whether the event has a limit of its own for a guest, which is kept exactly; the general one is there against floods. */
export function countsExactly(event: Event): boolean {
  const { camera, photosPerGuest } = readEventSettings(event.settings);
  return camera !== null || photosPerGuest !== null;
}

/** @throws DomainError quota.exceeded when the account has no room for so many bytes more */
export function requireBytes(
  { plan, settings, account }: Pick<AllowanceRow, 'plan' | 'settings' | 'account'>,
  bytes: number,
): void {
  const limits = limitsOf(plan, settings);
  if (limits.bytes !== null && account.bytes + bytes > limits.bytes) {
    throw full(
      `The host’s account has room for ${gigabytes(limits.bytes)}, and this file does not fit any more. The host can delete photos or choose a larger plan.`,
      { of: 'account', unit: 'bytes', limit: limits.bytes, used: account.bytes },
    );
  }
}

/** @throws DomainError quota.exceeded, which says what is full and who can change that */
function requireRoomOfPlan({ plan, settings, open, ...held }: AllowanceRow, bytes: number): void {
  const limits = limitsOf(plan, settings);
  const event = { photos: held.event.photos + open.ofEvent };
  const account = { photos: held.account.photos + open.photos, bytes: held.account.bytes + open.bytes };
  if (limits.photosPerEvent !== null && event.photos >= limits.photosPerEvent) {
    throw full(
      `This event holds ${limits.photosPerEvent} photos, which is all that its plan has room for. The host can delete photos or choose a larger plan.`,
      { of: 'event', unit: 'photos', limit: limits.photosPerEvent, used: event.photos },
    );
  }
  if (limits.photos !== null && account.photos >= limits.photos) {
    throw full(
      `The host’s account holds ${limits.photos} photos, which is all that its plan has room for. The host can delete photos or choose a larger plan.`,
      { of: 'account', unit: 'photos', limit: limits.photos, used: account.photos },
    );
  }
  requireBytes({ plan, settings, account }, bytes);
}

/**
 * A tenant that has a text wants it agreed to as it is now, and says so with the text.
 * @throws DomainError consent.required
 */
function requireConsent(wording: Wording | null, event: Event, given: number | null, reader: Locale): number | null {
  const asked = askedOf(wording, event, reader);
  if (!asked) return null;
  if (given === asked.version) return asked.version;
  throw new DomainError(
    'consent.required',
    given === null
      ? 'The host asks for your consent before photos are sent. Read the text, agree, and send its version along.'
      : 'The host’s text has changed since you agreed to it. Read it again, agree, and send its version along.',
    { members: { consent: asked } },
  );
}

export interface Wish {
  guestId: string;
  bytes: number;
  /** version of the text that the guest says they agreed to */
  consent: number | null;
  /** in which they read */
  reader: Locale;
}

/**
 * Whether another photo may come, as far as consent and room go. Uploads under way take room as if they were there.
 * One that was let in before is not judged again, whatever has changed since.
 * @returns the version of the text that was agreed to; null where nothing is asked
 * @throws DomainError consent.required, guest.no_shots_left, quota.exceeded
 */
export function judgeAllowance(allowance: AllowanceRow, event: Event, wish: Wish): number | null {
  const { open, wording } = allowance;
  if (open.isKnown) return wording?.version === wish.consent ? wish.consent : null;
  const consentVersion = requireConsent(wording, event, wish.consent, wish.reader);
  const { kept, taken } = allowance.guests[wish.guestId] ?? { kept: 0, taken: 0 };
  const coming = open.ofGuests[wish.guestId] ?? 0;
  requireRoomOfGuest(event, { kept: kept + coming, taken: taken + coming });
  requireRoomOfPlan(allowance, wish.bytes);
  return consentVersion;
}
