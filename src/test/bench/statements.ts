import { drizzle } from 'drizzle-orm/neon-http';
import { decidePhotosQuery } from '../../db/decisions.ts';
import { lockPhotos } from '../../db/photos.ts';
import { writeTenantBatch, type Database } from '../../db/scope.ts';
import { findMember } from '../../db/sessions.ts';
import type { TenantContext } from '../../domain/context.ts';
import { DomainError } from '../../domain/errors.ts';
import { NOBODY } from '../../domain/events.ts';
import { listPublished } from '../../domain/photos.ts';

/** A statement as the driver sends it. */
export interface Statement {
  query: string;
  params: unknown[];
}

interface Built {
  toSQL?: () => { sql: string; params: unknown[] };
  getQuery?: () => { sql: string; params: unknown[] };
}

/** A database that writes down what the application would send, and finds nothing. */
function recorder(): { db: Database; batches: Statement[][] } {
  const batches: Statement[][] = [];
  const database = drizzle.mock();
  Object.assign(database, {
    batch: async (built: Built[]) => {
      const queries = built.map((one) => {
        const query = one.toSQL?.() ?? one.getQuery?.();
        if (!query)
          throw new Error('This version of drizzle builds queries in another way: statements.ts must follow.');
        return { query: query.sql, params: query.params };
      });
      batches.push(queries);
      return queries.map(() => []);
    },
  });
  const transaction = () => Promise.reject(new Error('nothing to write to'));
  return { db: { reader: database, writer: database, transaction } as unknown as Database, batches };
}

/**
 * What `listPublished` sends for the first page of an event's gallery, read by anybody: the batch of
 * one round trip, its context first. It is taken from the running function, so that it cannot drift.
 */
export async function galleryStatements(tenantId: string, event: string, limit: number): Promise<Statement[]> {
  const { db, batches } = recorder();
  const context = { db, tenant: { id: tenantId, residency: null }, ports: { clock: { now: () => new Date() } } };
  try {
    await listPublished(context as unknown as TenantContext, NOBODY, { event, limit, sort: '-arrived' });
  } catch (error) {
    // The recorder found no event, which is how far it can go.
    if (!(error instanceof DomainError)) throw error;
  }
  const [batch] = batches;
  if (!batch || batches.length > 1) throw new Error(`The gallery makes ${batches.length} calls and not one.`);
  return batch;
}

/** What approving one waiting photo sends within its transaction, by the query functions of `db/`. */
export async function approvalStatements(photo: {
  tenantId: string;
  photoId: string;
  userId: string;
}): Promise<Statement[]> {
  const { tenantId, photoId, userId } = photo;
  const { db, batches } = recorder();
  await writeTenantBatch(db, { tenantId, userId }, (tx) => [
    findMember(tx, tenantId, userId),
    lockPhotos(tx, tenantId, [photoId]),
    decidePhotosQuery(tx, tenantId, [photoId], {
      status: 'approved',
      reason: null,
      by: { kind: 'user', id: userId, name: 'Somebody' },
      now: new Date(),
    }),
  ]);
  return batches[0] ?? [];
}
