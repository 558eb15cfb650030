import { sql } from 'drizzle-orm';
import type { Role } from '../contract/auth.ts';
import { asDatabaseError } from './errors.ts';
import type { Database } from './scope.ts';

/**
 * The doors that open before a tenant is known, or across tenants: each is one SECURITY DEFINER
 * function of the resolver (`migrations/`), and worklists return ids only.
 */
async function rows<T>(run: PromiseLike<{ rows: unknown[] }>): Promise<T[]> {
  try {
    return (await run).rows as T[];
  } catch (error) {
    throw asDatabaseError(error);
  }
}

export interface SignInTry {
  failures: number;
  resetsAt: Date;
  user: { id: string; email: string; name: string; role: Role; passwordHash: string } | null;
}

/** Counts one try to sign in; always answers, also for an address that nobody has. */
export async function signInBegin(
  db: Database,
  input: { tenantId: string; email: string; subject: string; maxFailures: number; lockSeconds: number },
): Promise<SignInTry> {
  const [row] = await rows<Record<string, string | null>>(
    db.writer.execute(
      sql`select * from sign_in_begin(${input.tenantId}::uuid, ${input.email}, ${input.subject}, ${input.maxFailures}::integer, ${input.lockSeconds}::integer)`,
    ),
  );
  if (!row) throw new Error('sign_in_begin answered nothing');
  return {
    failures: Number(row['failures']),
    resetsAt: new Date(row['resets_at'] ?? 0),
    user:
      row['user_id'] && row['password_hash']
        ? {
            id: row['user_id'],
            email: row['email'] ?? '',
            name: row['name'] ?? '',
            role: row['role'] as Role,
            passwordHash: row['password_hash'],
          }
        : null,
  };
}

export interface PhotoAddress {
  tenantId: string;
  eventId: string;
  photoId: string;
}
const toPhotoAddress = (row: Record<string, string>): PhotoAddress => ({
  tenantId: row['tenant_id'] ?? '',
  eventId: row['event_id'] ?? '',
  photoId: row['photo_id'] ?? '',
});

export async function stuckPhotos(db: Database, olderThanSeconds: number, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from stuck_photos(${olderThanSeconds}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

/** Photos that are there and whose renditions are to be completed. */
export async function photosToBackfill(db: Database, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from photos_to_backfill(${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

/** Photos whose announced preview did not come in time. */
export async function overduePreviews(db: Database, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from overdue_previews(${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

export async function abandonedUploads(db: Database, olderThanSeconds: number, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from abandoned_uploads(${olderThanSeconds}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

export async function photosToErase(db: Database, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from photos_to_erase(${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

/** Photos that were rejected so many days ago and that nobody has restored. */
export async function rejectedToErase(db: Database, days: number, limit: number): Promise<PhotoAddress[]> {
  const run = db.writer.execute(sql`select * from rejected_to_erase(${days}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toPhotoAddress);
}

export async function unpublishedEvents(
  db: Database,
  olderThanSeconds: number,
  limit: number,
): Promise<EventAddress[]> {
  const run = db.writer.execute(sql`select * from unpublished_events(${olderThanSeconds}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toEventAddress);
}

interface EventAddress {
  tenantId: string;
  eventId: string;
}
const toEventAddress = (row: Record<string, string>): EventAddress => ({
  tenantId: row['tenant_id'] ?? '',
  eventId: row['event_id'] ?? '',
});

/** Events one of whose dates has come. */
export async function dueEvents(db: Database, limit: number): Promise<EventAddress[]> {
  const run = db.writer.execute(sql`select * from due_events(${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toEventAddress);
}

/** Events deleted longer ago than they can be restored. */
export async function eventsToErase(db: Database, days: number, limit: number): Promise<EventAddress[]> {
  const run = db.writer.execute(sql`select * from events_to_erase(${days}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toEventAddress);
}

/** Events whose sums were not compared with their photos for a day, or since they changed. */
export async function usageToCheck(db: Database, limit: number): Promise<EventAddress[]> {
  const run = db.writer.execute(sql`select * from usage_to_check(${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map(toEventAddress);
}

/** Rehearsals whose next step seems lost. */
export async function stalledRehearsals(
  db: Database,
  olderThanSeconds: number,
  limit: number,
): Promise<{ tenantId: string; rehearsalId: string }[]> {
  const run = db.writer.execute(sql`select * from stalled_rehearsals(${olderThanSeconds}::integer, ${limit}::integer)`);
  return (await rows<Record<string, string>>(run)).map((row) => ({
    tenantId: row['tenant_id'] ?? '',
    rehearsalId: row['rehearsal_id'] ?? '',
  }));
}

export async function residencyOf(db: Database, tenantId: string): Promise<'eu' | 'us' | null> {
  const [row] = await rows<Record<string, string | null>>(
    db.writer.execute(sql`select residency_of(${tenantId}::uuid) as residency`),
  );
  return (row?.['residency'] ?? null) as 'eu' | 'us' | null;
}

/** Keeps a message that could not be worked on; `messageId` makes a repeat harmless. */
export async function parkDeadLetter(
  db: Database,
  letter: { messageId: string; queue: string; tenantId: string | null; body: unknown; reason: string },
): Promise<void> {
  await rows(
    db.writer.execute(
      sql`select park_dead_letter(${letter.messageId}, ${letter.queue}, ${letter.tenantId}::uuid, ${JSON.stringify(letter.body ?? null)}::jsonb, ${letter.reason})`,
    ),
  );
}

/** Retention: what may be forgotten, a bounded piece at a time. */
export async function forgetExpired(db: Database, limit: number): Promise<void> {
  await rows(
    db.writer.execute(sql`select forget_expired_sessions(${limit}::integer), forget_old_keys(${limit}::integer),
        forget_old_transfers(${limit}::integer)`),
  );
}
