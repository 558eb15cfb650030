import type { ErrorCode } from '../../src/contract/errors.ts';
import type { UploadFacts } from '../../src/contract/upload-object.ts';
import type { UploadStatus } from '../../src/contract/uploads.ts';
import type { StoredPart } from '../../src/domain/ports.ts';
import type { PartRange } from './grid-rules.ts';

/** Everything that changes while an upload lives. Times are epoch milliseconds. */
export interface Progress {
  status: UploadStatus;
  /** bytes that count: they are here, or in the store */
  offset: number;
  lastByteAt: number;
  endedAt: number | null;
  /** of the parts that the store has so far */
  partsId: string | null;
  /** the store has the original as a whole */
  isAssembled: boolean;
  photoId: string | null;
  problem: { code: ErrorCode; detail: string } | null;
  /** bytes or a note of it lie somewhere that are nobody's */
  isDirty: boolean;
  /** expired or ended by its sender: nothing of it is to stay */
  isLeaving: boolean;
  /** tries to finish or to clean that have failed in a row */
  failures: number;
}

/** A part that the store has; `md5` (hex) of what was sent to it. */
interface KnownPart extends StoredPart {
  md5: string;
}

export type Ledger = ReturnType<typeof openLedger>;

const FACTS = 'facts';
const PROGRESS = 'progress';

/** What an upload knows of itself, in the object's own storage. Nothing here waits, so no call sees half of a change. */
export function openLedger({ storage }: DurableObjectState) {
  const { sql, kv } = storage;
  let facts = kv.get<UploadFacts>(FACTS) ?? null;
  let progress = kv.get<Progress>(PROGRESS) ?? null;

  const change = (to: Partial<Progress>): void => {
    if (!progress) throw new Error('there is no upload here');
    progress = { ...progress, ...to };
    kv.put(PROGRESS, progress);
  };
  const drop = (from: number, to: number): void =>
    void sql.exec('delete from pieces where start >= ? and start < ?', from, to);

  return {
    facts: () => facts,
    /** @throws Error where there is no upload */
    progress(): Progress {
      if (!progress) throw new Error('there is no upload here');
      return progress;
    },
    change,
    begin(first: UploadFacts, now: number): void {
      sql.exec('create table if not exists pieces (start integer primary key, bytes blob not null)');
      sql.exec('create table if not exists parts (number integer primary key, etag text not null, md5 text not null)');
      facts = first;
      kv.put(FACTS, first);
      progress = {
        status: 'receiving',
        offset: 0,
        lastByteAt: now,
        endedAt: null,
        partsId: null,
        isAssembled: false,
        photoId: null,
        problem: null,
        isDirty: false,
        isLeaving: false,
        failures: 0,
      };
      kv.put(PROGRESS, progress);
    },
    addPiece: (start: number, bytes: Uint8Array): void =>
      void sql.exec('insert or replace into pieces (start, bytes) values (?, ?)', start, bytes),
    /** @returns the piece that begins there, if there is one */
    piece(start: number): Uint8Array<ArrayBuffer> | null {
      const [row] = sql.exec<{ bytes: ArrayBuffer }>('select bytes from pieces where start = ?', start).toArray();
      return row ? new Uint8Array(row.bytes) : null;
    },
    /** How many begin in a range. */
    pieceCount: (from: number, to: number): number =>
      sql.exec<{ n: number }>('select count(*) as n from pieces where start >= ? and start < ?', from, to).one().n,
    drop,
    parts: (): KnownPart[] =>
      sql
        .exec<{ number: number; etag: string; md5: string }>('select number, etag, md5 from parts order by number')
        .toArray(),
    /** The store has it: its pieces are not needed any more. */
    addPart({ number, from, to }: PartRange, { etag, md5 }: Omit<KnownPart, 'number'>): void {
      sql.exec('insert or replace into parts (number, etag, md5) values (?, ?, ?)', number, etag, md5);
      drop(from, to);
    },
    /** It has ended: what it was is known for a while, its bytes are not here any more. */
    end(to: Pick<Progress, 'status' | 'photoId' | 'problem' | 'isDirty'>, now: number): void {
      change({ ...to, endedAt: now, failures: 0 });
      sql.exec('delete from pieces');
    },
    /** Nothing of it is left. */
    async forget(): Promise<void> {
      facts = null;
      progress = null;
      await storage.deleteAlarm();
      await storage.deleteAll();
    },
  };
}
