import type { Residency } from '../../../src/contract/tenants.ts';
import type { RelayState } from './relay-rpc.ts';

/** Notes that wait for relays; one that lacks more is told to start over. */
const NOTES_MAX = 2_000;

export interface RelayRow extends RelayState {
  relay: number;
  /** it has people, or expects some */
  isFed: boolean;
  doorsVersion: number;
  /** feeds in a row that did not reach it */
  failures: number;
}

type Columns = {
  relay: number;
  epoch: string;
  seq: number;
  note: number;
  people: number;
  is_fed: number;
  doors_version: number;
  failures: number;
};

const toRow = ({ is_fed, doors_version, ...row }: Columns): RelayRow => ({
  ...row,
  isFed: is_fed === 1,
  doorsVersion: doors_version,
});

export type RelayTable = ReturnType<typeof openRelayTable>;

/** What a room knows of its relays, and what it has yet to tell their guests. */
export function openRelayTable({ sql }: DurableObjectStorage) {
  sql.exec(
    `create table if not exists relays (
       relay integer primary key, epoch text not null default '', seq integer not null default 0, note integer not null default 0,
       people integer not null default 0, is_fed integer not null default 0, doors_version integer not null default 0,
       failures integer not null default 0)`,
  );
  sql.exec(
    'create table if not exists relay_notes (note integer primary key autoincrement, after integer not null, guest_id text not null, frame text not null)',
  );
  sql.exec(
    'create table if not exists relay_place (id integer primary key check (id = 1), root text, jurisdiction text)',
  );

  function find(relay: number): RelayRow | null {
    const row = sql.exec<Columns>('select * from relays where relay = ?', relay).toArray()[0];
    return row === undefined ? null : toRow(row);
  }

  return {
    all: (): RelayRow[] => sql.exec<Columns>('select * from relays order by relay').toArray().map(toRow),
    find,
    /** @throws when there is none. */
    row(relay: number): RelayRow {
      const row = find(relay);
      if (row === null) throw new Error('there is no such relay');
      return row;
    },
    /** People at relays that are fed; of the others there are none. */
    people: (): number =>
      sql.exec<{ people: number }>('select coalesce(sum(people), 0) as people from relays where is_fed = 1').one()
        .people,
    hasFed: (): boolean => sql.exec('select 1 from relays where is_fed = 1 limit 1').toArray().length > 0,
    /** Somebody is on the way to it. */
    expect(relay: number): void {
      sql.exec(
        'insert into relays (relay, people) values (?, 1) on conflict (relay) do update set people = people + 1',
        relay,
      );
    },
    /** Keeps how far it has come, and how many people it has. */
    came(relay: number, { epoch, seq, note, people }: RelayState): void {
      sql.exec(
        `insert into relays (relay, epoch, seq, note, people) values (?1, ?2, ?3, ?4, ?5)
         on conflict (relay) do update set epoch = ?2, seq = ?3, note = ?4, people = ?5, failures = 0`,
        relay,
        epoch,
        seq,
        note,
        people,
      );
    },
    setFed(relay: number, isFed: boolean): void {
      sql.exec('update relays set is_fed = ? where relay = ?', isFed ? 1 : 0, relay);
    },
    setDoors(relay: number, version: number): void {
      sql.exec('update relays set doors_version = ? where relay = ?', version, relay);
    },
    failed(relay: number): void {
      sql.exec('update relays set failures = failures + 1 where relay = ?', relay);
    },
    addNote(after: number, guestId: string, frame: string): void {
      sql.exec('insert into relay_notes (after, guest_id, frame) values (?, ?, ?)', after, guestId, frame);
      sql.exec('delete from relay_notes where note <= (select max(note) from relay_notes) - ?', NOTES_MAX);
    },
    /** The notes that follow a frame up to `seq`. */
    notesAfter(note: number, seq: number, limit: number) {
      return sql
        .exec<{ note: number; after: number; guest_id: string; frame: string }>(
          'select * from relay_notes where note > ? and after <= ? order by note limit ?',
          note,
          seq,
          limit,
        )
        .toArray();
    },
    /** Number of the last note there has been. */
    lastNote: (): number =>
      sql.exec<{ seq: number }>("select seq from sqlite_sequence where name = 'relay_notes'").toArray()[0]?.seq ?? 0,
    /** Notes that every relay has are of no more use. */
    trimNotes(): void {
      sql.exec('delete from relay_notes where note <= (select coalesce(min(note), 9e15) from relays where is_fed = 1)');
    },
    /** By which name and where this room is reached; nobody but the gateway knows the second. */
    place(): { root: string | null; jurisdiction: Residency | null } {
      return (
        sql
          .exec<{ root: string | null; jurisdiction: Residency | null }>('select root, jurisdiction from relay_place')
          .toArray()[0] ?? { root: null, jurisdiction: null }
      );
    },
    setPlace(root: string | null, jurisdiction: Residency | null): void {
      sql.exec(
        `insert into relay_place (id, root, jurisdiction) values (1, ?1, ?2)
         on conflict (id) do update set root = ?1, jurisdiction = ?2 where root is not ?1 or jurisdiction is not ?2`,
        root,
        jurisdiction,
      );
    },
  };
}
