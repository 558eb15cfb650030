import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoginAnswer } from '../../contract/auth.ts';
import type { GuestSession } from '../../contract/guests.ts';
import type { StaffPhoto } from '../../contract/photos.ts';
import { CommandFailure } from '../failure.ts';
import { callPlatform } from '../platform-client.ts';
import type { PlatformAnswer } from '../platform-client.ts';
import { PROJECT_ROOT } from '../project.ts';
import { seedModeration, type CallOptions, type Caller } from './moderation.ts';
import { PHOTO_SEED, SEED_PASSWORD } from './seed-data.ts';

const PHOTOS_DIR = path.join(PROJECT_ROOT, 'src/cli/seed/photos');
const AT_ONCE = 4;
const PROCESSING_TIMEOUT_MS = 90_000;

interface SeedFile {
  name: string;
  bytes: Buffer;
  sha256: string;
}

/**
 * Sends the seeded photos through the running platform, as guests do, and approves most of them, as
 * a moderator does. What an earlier, interrupted seed has sent is recognised by its content.
 * @param firstTime no seed has been finished here, so that all of its approvals are still to be made;
 * later, what a person has decided since stays
 * @returns how many were sent, and how many are published and waiting at the end
 */
export async function seedPhotos(
  port: number,
  firstTime = false,
): Promise<{ sent: number; approved: number; pending: number }> {
  const call = caller(port);
  const { accessToken } = await call<LoginAnswer>('POST', '/api/v1/auth/login', {
    json: { email: PHOTO_SEED.moderator, password: SEED_PASSWORD },
  });
  const list = (): Promise<StaffPhoto[]> => listPhotos(call, accessToken);
  const files = await readSeedFiles();
  const known = new Set((await list()).map((photo) => photo.sha256));
  const missing = files.filter((file) => !known.has(file.sha256));
  if (missing.length) {
    const tokens = await Promise.all(
      PHOTO_SEED.guests.map(
        async (name) =>
          (await call<GuestSession>('POST', `/api/v1/events/${PHOTO_SEED.event}/session`, { json: { name } })).token,
      ),
    );
    await inParallel(missing, AT_ONCE, async (file) => {
      const token = tokens[files.indexOf(file) % tokens.length] ?? '';
      await call('POST', `/api/v1/events/${PHOTO_SEED.event}/photos`, {
        token,
        body: file.bytes,
        headers: { 'content-type': 'image/jpeg', 'idempotency-key': `seed-${file.name}` },
      });
    });
  }
  const seeded = await untilProcessed(list, new Set(files.map((file) => file.sha256)));
  const wanted = new Set(files.slice(0, PHOTO_SEED.approved).map((file) => file.sha256));
  const approve = seeded.filter((photo) => photo.status === 'pending' && wanted.has(photo.sha256));
  await inParallel(firstTime || missing.length > 0 ? approve : [], AT_ONCE, (photo) =>
    call('PATCH', `/api/v1/photos/${photo.id}`, { token: accessToken, json: { status: 'approved' } }),
  );
  if (firstTime) await seedModeration(call, PHOTO_SEED.event, accessToken, await list());
  const last = await list();
  const count = (status: StaffPhoto['status']): number => last.filter((photo) => photo.status === status).length;
  return { sent: missing.length, approved: count('approved'), pending: count('pending') };
}

async function untilProcessed(list: () => Promise<StaffPhoto[]>, seeds: ReadonlySet<string>): Promise<StaffPhoto[]> {
  for (const end = Date.now() + PROCESSING_TIMEOUT_MS; ; await sleep(250)) {
    const photos = (await list()).filter((photo) => seeds.has(photo.sha256));
    const failed = photos.find((photo) => photo.status === 'failed');
    if (failed)
      throw new CommandFailure(`A seeded photo could not be processed: ${failed.failure?.message ?? failed.id}.`);
    const open = photos.filter((photo) => photo.status === 'processing').length;
    if (open === 0) return photos;
    if (Date.now() > end)
      throw new CommandFailure(`${open} seeded photos are still in processing; see momentique local logs workers.`);
  }
}

async function listPhotos(call: Caller, token: string): Promise<StaffPhoto[]> {
  const photos: StaffPhoto[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ event: PHOTO_SEED.event, limit: '200', ...(cursor ? { cursor } : {}) });
    const page: { items: StaffPhoto[]; nextCursor: string | null } = await call('GET', `/api/v1/photos?${query}`, {
      token,
    });
    photos.push(...page.items);
    cursor = page.nextCursor;
  }
  return photos;
}

async function readSeedFiles(): Promise<SeedFile[]> {
  const names = (await readdir(PHOTOS_DIR)).filter((name) => name.endsWith('.jpg')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(path.join(PHOTOS_DIR, name));
      return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  // An order that never changes and puts crops of one photograph apart.
  return files.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

const RETRIES = 4;

function caller(port: number): Caller {
  const host = `${PHOTO_SEED.tenant}.localhost:${port}`;
  return async <T>(method: string, target: string, options: CallOptions = {}): Promise<T> => {
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
    if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
    if (options.json !== undefined) headers['content-type'] = 'application/json';
    const body = options.json !== undefined ? JSON.stringify(options.json) : options.body;
    for (let attempt = 0; ; attempt++) {
      const answer = await callPlatform(port, {
        method,
        path: target,
        host,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status < 300) return answer.json<T>();
      // Everything the seed asks for may be asked again: uploads carry a key.
      if ((answer.status < 500 && answer.status !== 429) || attempt >= RETRIES) throw refusal(method, target, answer);
      await sleep(answer.status === 429 ? 1000 * Number(answer.headers['retry-after'] ?? 1) : 300 * 2 ** attempt);
    }
  };
}

function refusal(method: string, target: string, answer: PlatformAnswer): CommandFailure {
  let code = '';
  try {
    code = String(answer.json<{ code?: string }>().code ?? '');
  } catch {
    // not a problem document
  }
  return new CommandFailure(
    `The seed was refused at ${method} ${target.split('?')[0]}: ${answer.status}${code ? ` ${code}` : ''}.`,
  );
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
