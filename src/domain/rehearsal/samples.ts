import type { EventRow } from '../../db/schema/events.ts';
import type { TenantContext } from '../context.ts';
import { NO_NOTES } from '../intake/recording.ts';
import { keepPhoto } from '../intake/uploads.ts';
import { keyOf } from './rehearsal-rules.ts';

/** The bytes of a sample photo, by its number from 1: WebP. */
export type ReadSample = (n: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Sends sample `n` as a pretend guest, the way of every photo from behind the door on. Sent again, it is the same photo. */
export async function sendSample(
  context: TenantContext,
  read: ReadSample,
  input: { event: EventRow; guests: string[]; n: number },
): Promise<void> {
  const { event, guests, n } = input;
  const guestId = guests[n % guests.length];
  if (!guestId) throw new Error('a rehearsal has no pretend guests');
  const bytes = await read(n);
  const guest = { kind: 'guest' as const, guestId, eventId: event.id, pinVersion: event.pinVersion };
  await keepPhoto(context, {
    event,
    guest,
    request: {
      event: event.id,
      guests: [guest],
      body: new Blob([bytes]).stream(),
      length: bytes.length,
      contentType: 'image/webp',
      sha256: null,
      idempotencyKey: keyOf(n),
      notes: NO_NOTES,
      reader: () => 'en',
      previewComing: false,
    },
  });
}
