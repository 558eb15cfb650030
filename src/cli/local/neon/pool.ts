import { Client } from 'pg';

/** What a borrower gets: one session, its own until released. */
export interface Lease {
  client: Client;
  /** Gives the session back; `broken` closes it instead. */
  release(broken?: boolean): void;
}

export interface SessionPool {
  acquire(connectionString: string): Promise<Lease>;
  /** Closes every session at once, in the middle of whatever it does. */
  dropAll(): void;
  close(): Promise<void>;
}

const MAX_SESSIONS = 40;
const IDLE_MS = 30_000;
const WAIT_MS = 10_000;

/** Connects only to this server, whatever host a connection string names. */
export interface Target {
  host: string;
  port: number;
}

export class NotThisServer extends Error {}

/** @throws NotThisServer for another host or port, or what is no connection string. */
export function sessionConfig(
  connectionString: string,
  target: Target,
): { user: string; password: string; database: string } {
  let url: URL;
  try {
    url = new URL(connectionString);
  } catch {
    throw new NotThisServer('Neon-Connection-String is not a connection string');
  }
  if (
    !/^postgres(ql)?:$/.test(url.protocol) ||
    url.hostname !== target.host ||
    Number(url.port || 5432) !== target.port
  ) {
    throw new NotThisServer(`this endpoint serves ${target.host}:${target.port} only`);
  }
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

/**
 * Sessions that are kept between calls. A session goes back only after `DISCARD ALL`, so no setting
 * (`app.tenant_id` least of all), lock, role or temporary table reaches the next caller.
 */
export function createSessionPool(target: Target): SessionPool {
  const idle = new Map<string, { client: Client; since: number }[]>();
  const all = new Set<Client>();
  const waiting: (() => void)[] = [];
  let leased = 0;

  const discard = (client: Client): void => {
    if (!all.delete(client)) return;
    // `end` says goodbye and may wait for a reply; the socket is what must go.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  };
  const sweep = setInterval(() => {
    for (const [key, sessions] of idle) {
      const kept = sessions.filter((session) => session.since > Date.now() - IDLE_MS);
      for (const session of sessions)
        if (!kept.includes(session))
          void session.client
            .end()
            .catch(() => undefined)
            .then(() => all.delete(session.client));
      if (kept.length) idle.set(key, kept);
      else idle.delete(key);
    }
  }, IDLE_MS);
  sweep.unref();

  async function turn(): Promise<void> {
    if (leased < MAX_SESSIONS) {
      leased += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admitted = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(admitted), 1);
        reject(Object.assign(new Error('too many clients already'), { code: '53300', severity: 'FATAL' }));
      }, WAIT_MS);
      waiting.push(admitted);
    });
  }
  /** Hands the place over directly, so that nobody overtakes who waits. */
  function done(): void {
    const next = waiting.shift();
    if (next) next();
    else leased -= 1;
  }

  async function giveBack(connectionString: string, client: Client): Promise<void> {
    try {
      await client.query('discard all');
      idle.set(connectionString, [...(idle.get(connectionString) ?? []), { client, since: Date.now() }]);
    } catch {
      discard(client);
    }
    done();
  }

  async function open(connectionString: string): Promise<Client> {
    const client = new Client({
      ...sessionConfig(connectionString, target),
      host: target.host,
      port: target.port,
      application_name: 'neon-http',
      connectionTimeoutMillis: 5000,
    });
    client.on('error', () => all.delete(client));
    all.add(client);
    try {
      await client.connect();
    } catch (error) {
      all.delete(client);
      throw error;
    }
    return client;
  }

  return {
    async acquire(connectionString) {
      sessionConfig(connectionString, target);
      await turn();
      let client: Client;
      try {
        let kept = idle.get(connectionString)?.pop();
        while (kept && !all.has(kept.client)) kept = idle.get(connectionString)?.pop();
        client = kept?.client ?? (await open(connectionString));
      } catch (error) {
        done();
        throw error;
      }
      let returned = false;
      return {
        client,
        release(broken = false) {
          if (returned) return;
          returned = true;
          if (broken || !all.has(client)) {
            discard(client);
            done();
            return;
          }
          void giveBack(connectionString, client);
        },
      };
    },
    dropAll() {
      idle.clear();
      for (const client of all) discard(client);
    },
    async close() {
      clearInterval(sweep);
      const open = [...all];
      idle.clear();
      await Promise.all(
        open.map((client) =>
          Promise.race([client.end().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 500))]),
        ),
      );
      for (const client of open) discard(client);
    },
  };
}
