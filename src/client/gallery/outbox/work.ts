import type { BootFormat } from '../../../contract/boot.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { call, eventPath, type Answer, type Refusal } from '../../shared/api.ts';
import type { Book } from './book.ts';
import { LostBytes, readBody, readFile, type Held } from './keep/bytes.ts';
import { copyAside } from './keep/helper.ts';
import { makePicture } from './keep/picture.ts';
import { dropBytes, noteSent, photoSent, PICTURE, putChunk } from './keep/store.ts';
import { afterFailure } from './rules/failure-rules.ts';
import { isSameAsAnother } from './rules/queue-rules.ts';
import { afterSent, afterUnshowable, lengthOf, type Upload } from './rules/upload-rules.ts';
import { attempt, type Stop } from './send/sender.ts';
import type { Sent } from './send/tus-rules.ts';
import { sendByXhr } from './send/xhr.ts';

export interface WorkOptions {
  event: string;
  formats: readonly BootFormat[];
  consentVersion: () => string | null;
  /** An own photo; null: there is no such photo any more; undefined: not known. */
  photoOf: (id: string) => OwnPhoto | null | undefined;
  onSent: (photo: OwnPhoto) => void;
  onRefused: (refusal: Refusal) => void;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join('');

/** A random key; `crypto.randomUUID` is missing in old browsers. */
export const randomKey = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));

/** What is done about one upload after another: reading it, making a picture of it, sending it. */
export function openWork(book: Book, { event, formats, consentVersion, photoOf, onSent, onRefused }: WorkOptions) {
  const files = new Map<string, File>();
  const pictures = new Map<string, Blob>();
  const stops = new Map<string, Stop>();
  const held = (key: string): Held => ({ file: files.get(key), picture: pictures.get(key) });

  /** It can be sent by whoever sends for all. */
  const ready = (upload: Upload): Upload =>
    upload.stored === 'kept' && upload.picture !== 'wanted' ? { ...upload, tab: null } : upload;

  async function copy({ key }: Upload): Promise<void> {
    const file = files.get(key);
    if (!file) return;
    book.change(key, (upload) => ({ ...upload, state: { kind: 'copying' } }));
    const copied = await copyAside(file, key, book.keeps() === true);
    const now = book.find(key);
    if (!now || now.state.kind !== 'copying') return;
    if (copied === 'unreadable') return book.change(key, (upload) => ({ ...upload, state: { kind: 'unreadable' } }));
    const stored = copied && copied.isKept ? 'kept' : 'memory';
    // What was kept of a file that does not fit only takes room.
    if (copied && !copied.isKept && book.keeps()) dropBytes(key).catch(() => undefined);
    const read: Upload = {
      ...now,
      stored,
      sha256: copied ? copied.sha256 : null,
      isLocated: copied !== null && copied.isLocated,
      state: { kind: 'queued' },
    };
    const settled = await known(read);
    if (settled.state.kind === 'duplicate') dropBytes(key).catch(() => undefined);
    if (book.find(key)) book.change(key, () => ready(settled));
  }

  /** Whether it is on its way already, or has arrived before. */
  async function known(upload: Upload): Promise<Upload> {
    if (isSameAsAnother(book.list(), upload)) return { ...upload, state: { kind: 'duplicate', of: 'chosen' } };
    const id = upload.sha256 && (await photoSent(event, upload.sha256).catch(() => undefined));
    const photo = id ? photoOf(id) : null;
    if (!id || photo === null) return upload;
    // It has arrived without what makes it complete, and here that is.
    if (photo && (photo.preview === 'wanted' || photo.preview === 'missing')) {
      return { ...upload, phase: 'picture', photoId: id, picture: 'wanted' };
    }
    if (photo && 'copy' in photo && photo.copy) return { ...upload, phase: 'original', photoId: id, picture: 'none' };
    return { ...upload, state: { kind: 'duplicate', of: 'sent' } };
  }

  async function prepare(started: Upload): Promise<void> {
    const { key, isVideo } = started;
    book.change(key, (upload) => ({ ...upload, state: { kind: 'preparing' } }));
    const picture = await readFile(started, held(key)).then(
      (file) => makePicture(file, isVideo),
      () => null,
    );
    const now = book.find(key);
    if (!now) return;
    if (!picture) return book.change(key, (upload) => ready(afterUnshowable(upload, formats)));
    pictures.set(key, picture);
    if (now.stored === 'kept')
      await putChunk(key, PICTURE, await new Response(picture).arrayBuffer()).catch(() => null);
    const made = { picture: 'made' as const, pictureBytes: picture.size, state: { kind: 'queued' as const } };
    book.change(key, (upload) => ready({ ...upload, ...made }));
  }

  async function send(started: Upload): Promise<void> {
    const { key } = started;
    const stop: Stop = { isStopped: false, now: null };
    stops.set(key, stop);
    const length = lengthOf(started);
    const upload: Upload = { ...started, attempts: started.attempts + 1 };
    book.change(key, () => ({ ...upload, state: { kind: 'sending', fraction: upload.offset / length } }));
    const answer = await deliver(upload, stop, length).catch((error: unknown) => error as Error);
    stops.delete(key);
    const now = book.find(key);
    if (!now || now.state.kind !== 'sending') return;
    if (stop.isStopped) return book.change(key, (one) => ({ ...one, state: { kind: 'queued' } }));
    if (answer instanceof Error) {
      const kind = answer instanceof LostBytes && now.stored === 'kept' ? 'lost' : 'unreadable';
      return book.change(key, (one) => ({ ...one, state: { kind } }));
    }
    if (!answer.ok) {
      const chances = { now: Date.now(), random: Math.random(), key: randomKey() };
      book.change(key, (one) => afterFailure(one, answer, chances));
      return onRefused(answer);
    }
    const { photo } = answer.data;
    book.change(key, (one) => afterSent(one, photo, randomKey()));
    const after = book.find(key);
    if (after && after.state.kind === 'sent') {
      dropBytes(key).catch(() => undefined);
      files.delete(key);
      pictures.delete(key);
    }
    if (photo && started.sha256) noteSent(event, started.sha256, photo.id).catch(() => undefined);
    if (photo) onSent(photo);
  }

  async function deliver(upload: Upload, stop: Stop, length: number): Promise<Answer<Sent>> {
    const { key } = upload;
    const read = (from: number, to: number) => readBody(upload, held(key), from, to);
    if (upload.phase === 'picture') {
      const path = eventPath(event, `/mine/${upload.photoId}/preview`);
      const body = new Blob([await read(0, length)], { type: 'image/jpeg' });
      return call<{ photo: OwnPhoto }>(path, { method: 'PUT', body });
    }
    return attempt({
      upload,
      consent: consentVersion() || upload.consent,
      read,
      transport: sendByXhr,
      stop,
      async onPlace(place, offset) {
        // What moves is no failure, however often it breaks.
        const attempts = (one: Upload) => (offset > one.offset ? 1 : one.attempts);
        book.change(key, (one) => ({ ...one, place, offset, attempts: attempts(one) }));
      },
      onBytes: (bytes) => book.progress(key, Math.min(1, bytes / length)),
    });
  }

  return {
    files,
    held,
    copy,
    prepare,
    send,
    /** Breaks off what is being sent; it stays where it is. */
    halt(key: string) {
      const stop = stops.get(key);
      if (!stop) return;
      stop.isStopped = true;
      if (stop.now) stop.now();
    },
    forget(key: string) {
      files.delete(key);
      pictures.delete(key);
    },
  };
}
