import { placed, type RootRpc, type Slip } from './relay-rpc.ts';

type Home = Pick<Slip, 'root' | 'relay' | 'jurisdiction'>;

/** Whose relay this is, and whether it is fed. */
export function openHome(storage: DurableObjectStorage, env: RoomEnv) {
  const { sql } = storage;
  sql.exec(
    `create table if not exists home (
       id integer primary key check (id = 1), root text not null, relay integer not null, jurisdiction text, is_fed integer not null)`,
  );
  const read = () => sql.exec<Home & { is_fed: number }>('select * from home').toArray()[0] ?? null;
  let stub: RootRpc | null = null;

  function setFed(isFed: boolean): void {
    sql.exec('update home set is_fed = ?1 where is_fed <> ?1', isFed ? 1 : 0);
  }

  return {
    known({ root, relay, jurisdiction }: Slip): void {
      sql.exec(
        'insert or ignore into home (id, root, relay, jurisdiction, is_fed) values (1, ?, ?, ?, 0)',
        root,
        relay,
        jurisdiction,
      );
    },
    isFed: (): boolean => read()?.is_fed === 1,
    setFed,
    /**
     * Asks the room for something. One stub for all, so that calls arrive in the order in which they were made.
     * @throws when nobody has come in yet, or the room does not answer
     */
    async ask<Answer>(question: (room: RootRpc, relay: number) => Promise<Answer>): Promise<Answer> {
      const home = read();
      if (home === null) throw new Error('this relay is nobody’s');
      const rooms = placed(env.ROOMS, home.jurisdiction);
      stub ??= rooms.get(rooms.idFromName(home.root)) as unknown as RootRpc;
      try {
        return await question(stub, home.relay);
      } catch (error) {
        // A stub that has failed once may go on failing.
        stub = null;
        throw error;
      }
    },
  };
}

export type RelayHome = ReturnType<typeof openHome>;
