import type { Album } from '../../contract/albums.ts';
import type { StaffPhoto } from '../../contract/photos.ts';

/** What the seed's own calls have in common. */
export interface CallOptions {
  token?: string;
  json?: unknown;
  body?: Buffer;
  headers?: Record<string, string>;
}
export type Caller = <T>(method: string, path: string, options?: CallOptions) => Promise<T>;

const ALBUM = 'Golden hour';
const ALBUM_PHOTOS = 6;

/**
 * A little of everything that moderators work with: an album, a report, a trusted guest, a photo with a history. Made
 * through the platform, once; the statuses of all photos stay what they were.
 * @param photos the seeded ones
 */
export async function seedModeration(
  call: Caller,
  event: string,
  token: string,
  photos: readonly StaffPhoto[],
): Promise<void> {
  const at = `/api/v1/events/${event}`;
  const { items } = await call<{ items: Album[] }>('GET', `${at}/albums`, { token });
  if (items.length > 0) return;
  const shown = photos.filter((photo) => photo.status === 'approved');
  const [trusted, doubted] = shown;
  if (!trusted || !doubted) return;

  for (const status of ['rejected', 'approved']) {
    await call('PATCH', `/api/v1/photos/${doubted.id}`, { token, json: { status } });
  }
  await call('PATCH', `${at}/guests/${trusted.guestId}`, { token, json: { trust: 'always' } });
  const visitor = await call<{ token: string }>('POST', `${at}/session`, { json: { name: 'Ida' } });
  await call('POST', `${at}/photos/${doubted.id}/reports`, {
    token: visitor.token,
    json: { reason: 'me', note: 'That is me in the background. Could you take it down, please?' },
  });
  // Last, because the rest is not made again once there is an album.
  const { album } = await call<{ album: Album }>('POST', `${at}/albums`, { token, json: { name: ALBUM } });
  const ids = shown.slice(0, ALBUM_PHOTOS).map((photo) => photo.id);
  await call('POST', `${at}/albums/${album.id}/photos`, { token, json: { ids } });
  await call('PATCH', `${at}/albums/${album.id}`, { token, json: { published: true } });
}
