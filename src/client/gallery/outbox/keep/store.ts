import type { Upload } from '../rules/upload-rules.ts';

/*
 * The outbox on this device, in IndexedDB, the same for pages and workers of all events of a host. Bytes are kept as
 * ArrayBuffers of 1 MiB: some WebKit versions lose Blobs, and private windows refuse them.
 */

const DATABASE = 'momentique-outbox';
const UPLOADS = 'uploads';
const CHUNKS = 'chunks';
/** `[event, sha256]` → id of the photo */
const SENT = 'sent';
/** What other tabs want of an upload that is not theirs. */
const WISHES = 'wishes';
/** Who does what at the moment, and until when that counts. */
const LEASES = 'leases';

export const CHUNK_BYTES = 1_048_576;
/** The picture of an upload lies among its chunks. */
export const PICTURE = -1;

export type Wish =
  | { kind: 'pause' | 'resume' | 'retry' | 'remove' | 'send-anyway' | 'send-original'; key: string }
  | { kind: 'location'; key: string; keeps: boolean };

let opening: Promise<IDBDatabase> | null = null;

const open = (): Promise<IDBDatabase> =>
  (opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore(UPLOADS, { keyPath: 'key' }).createIndex('event', 'event');
      database.createObjectStore(CHUNKS);
      database.createObjectStore(SENT);
      database.createObjectStore(WISHES, { autoIncrement: true });
      database.createObjectStore(LEASES);
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => (opening = null);
      database.onversionchange = () => {
        opening = null;
        database.close();
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error || new Error('no database'));
    request.onblocked = () => reject(new Error('blocked'));
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  }));

/** A phone that slept has lost its connection to the database although nobody says so. */
const isBroken = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'UnknownError');

async function run<T>(
  tables: string[],
  mode: IDBTransactionMode,
  act: (table: (name: string) => IDBObjectStore) => IDBRequest | void,
  isAgain = false,
): Promise<T> {
  try {
    const database = await open();
    return await new Promise<T>((resolve, reject) => {
      // Waiting for the disk after each MiB would take longer than sending it.
      const transaction = database.transaction(tables, mode, { durability: 'relaxed' });
      const request = act((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve((request ? request.result : undefined) as T);
      transaction.onabort = transaction.onerror = () =>
        reject(transaction.error || (request && request.error) || new Error('not kept'));
    });
  } catch (error) {
    if (isAgain || !isBroken(error)) throw error;
    opening = null;
    return run(tables, mode, act, true);
  }
}

const chunksOf = (key: string) => IDBKeyRange.bound([key, PICTURE], [key, Infinity]);

/** All uploads of an event (of all events, where none is named) in the order of choosing. */
export async function listUploads(event: string | null): Promise<Upload[]> {
  const found = await run<Upload[]>([UPLOADS], 'readonly', (table) =>
    event === null ? table(UPLOADS).getAll() : table(UPLOADS).index('event').getAll(event),
  );
  return found.sort((one, other) => one.order - other.order);
}

export const putUpload = (upload: Upload): Promise<void> =>
  run([UPLOADS], 'readwrite', (table) => void table(UPLOADS).put(upload));

export const dropUpload = (key: string): Promise<void> =>
  run([UPLOADS, CHUNKS], 'readwrite', (table) => {
    table(UPLOADS).delete(key);
    table(CHUNKS).delete(chunksOf(key));
  });

/** Frees the room; the upload itself is still listed. */
export const dropBytes = (key: string): Promise<void> =>
  run([CHUNKS], 'readwrite', (table) => void table(CHUNKS).delete(chunksOf(key)));

export const putChunk = (key: string, index: number, bytes: ArrayBuffer): Promise<void> =>
  run([CHUNKS], 'readwrite', (table) => void table(CHUNKS).put(bytes, [key, index]));

export const readChunk = (key: string, index: number): Promise<ArrayBuffer | undefined> =>
  run([CHUNKS], 'readonly', (table) => table(CHUNKS).get([key, index]));

export const countChunks = (key: string): Promise<number> =>
  run([CHUNKS], 'readonly', (table) => table(CHUNKS).count(chunksOf(key)));

export const photoSent = (event: string, sha256: string): Promise<string | undefined> =>
  run([SENT], 'readonly', (table) => table(SENT).get([event, sha256]));

export const noteSent = (event: string, sha256: string, photoId: string): Promise<void> =>
  run([SENT], 'readwrite', (table) => void table(SENT).put(photoId, [event, sha256]));

export const putWish = (wish: Wish): Promise<void> =>
  run([WISHES], 'readwrite', (table) => void table(WISHES).add(wish));

/** Everything that was wished since this was asked last. */
export const takeWishes = (): Promise<Wish[]> =>
  run([WISHES], 'readwrite', (table) => {
    const request = table(WISHES).getAll();
    request.onsuccess = () => void table(WISHES).clear();
    return request;
  });

export interface Lease {
  tab: string;
  /** milliseconds since 1970 */
  until: number;
}

export const readLease = (name: string): Promise<Lease | undefined> =>
  run([LEASES], 'readonly', (table) => table(LEASES).get(name));

/**
 * Takes or renews a lease unless another has it.
 * @param dead a tab whose lease does not count any more
 * @returns whose it was before, and whose it is
 */
export async function takeLease(
  name: string,
  wanted: Lease,
  dead: string | null,
): Promise<{ before: string | null; now: string }> {
  let before: string | null = null;
  let now = wanted.tab;
  await run<void>([LEASES], 'readwrite', (table) => {
    const asked = table(LEASES).get(name) as IDBRequest<Lease | undefined>;
    asked.onsuccess = () => {
      const { result } = asked;
      before = result ? result.tab : null;
      const isFree = !result || before === wanted.tab || before === dead || result.until < Date.now();
      if (isFree) table(LEASES).put(wanted, name);
      else now = result.tab;
    };
  });
  return { before, now };
}

/** Whether this device keeps anything at all. */
export const canKeep = (): Promise<boolean> =>
  open().then(
    () => true,
    () => false,
  );
