import { Client } from 'pg';
import { CommandFailure, sentenceOf } from '../failure.ts';

/** Opens one connection. @throws CommandFailure that names the server and never the password. */
export async function connectDatabase(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'momentique', connectionTimeoutMillis: 10_000 });
  // Without a listener, a connection that breaks between two queries ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new CommandFailure(`The database ${pathname.slice(1)} at ${host} cannot be reached: ${sentenceOf(error)}.`, {
      cause: error,
    });
  }
  return client;
}

/** Opens a connection for `work` and closes it, whatever happens. */
export async function withDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectDatabase(url);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `work` in one transaction, as `role` where one is named. */
export async function inTransaction<T>(
  client: Client,
  role: 'momentique_operator' | null,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin');
  try {
    if (role) await client.query(`set local role ${role}`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** What a destructive command asks first. @throws CommandFailure unless local, or named by the person. */
export function refuseUnlessLocal(url: string, yesDestroy: string | undefined): void {
  const { hostname, pathname } = new URL(url);
  const database = pathname.slice(1);
  if (LOCAL_HOSTS.has(hostname) || yesDestroy === database) return;
  throw new CommandFailure(
    `${database} at ${hostname} is not a local database; add --yes-destroy ${database} to delete everything in it.`,
  );
}
