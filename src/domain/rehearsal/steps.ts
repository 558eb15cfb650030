import type { RehearsalJob } from '../../contract/jobs.ts';
import { PACE_PHOTOS } from '../../contract/rehearsals.ts';
import { eraseEvent } from '../../db/event-writes.ts';
import {
  countLeftovers,
  endStep,
  findRehearsal,
  findStages,
  listPretendGuests,
  listSamples,
  lockRehearsal,
  updateRehearsal,
  type Sample,
} from '../../db/rehearsals.ts';
import type { EventRow } from '../../db/schema/events.ts';
import type { RehearsalRow } from '../../db/schema/rehearsals.ts';
import { readTenant, writeTenant, writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { RESTORABLE_DAYS } from '../event-rules.ts';
import { eventPrefix } from '../intake/rendition-keys.ts';
import { publishEvent } from '../outbox.ts';
import { afterRemoval, removePhoto } from '../photos.ts';
import { askRooms } from '../screens/presence.ts';
import { checksOf } from './checklist-rules.ts';
import { nextStep, observe, observeReturn, type Step } from './rehearsal-rules.ts';
import { giveBack } from './returning.ts';
import { sendSample, type ReadSample } from './samples.ts';

const PAUSE_SECONDS = 1;
/** Screens say by themselves what they show for a minute after they were asked. */
const ASK_EVERY_STEPS = 20;
/** Longer than a queue lets a thumbnailer run. */
const CLEAN_AFTER_MS = 20 * 60_000;

interface State {
  row: RehearsalRow;
  event: EventRow | null;
  twin: EventRow | null;
  samples: Sample[];
  guests: string[];
}

async function readState(context: TenantContext, id: string): Promise<State | null> {
  const tenantId = context.tenant.id;
  const [rows, stages, samples, guests] = await readTenant(context.db, { tenantId }, (tx) => [
    findRehearsal(tx, tenantId, id),
    findStages(tx, tenantId, id),
    listSamples(tx, tenantId, id),
    listPretendGuests(tx, tenantId, id),
  ]);
  const row = rows[0];
  if (!row) return null;
  return {
    row,
    event: stages.find((stage) => stage.id === row.eventId) ?? null,
    twin: stages.find((stage) => stage.id === row.twinId) ?? null,
    samples,
    guests: guests.map((guest) => guest.id),
  };
}

/**
 * Makes the next step of a rehearsal and queues the one after it. What the step is follows from what is stored, so that
 * it may be made twice, or by another Worker after the first has died; the steps end when nothing of the rehearsal is left.
 */
export async function advance(context: TenantContext, read: ReadSample, job: RehearsalJob): Promise<void> {
  const state = await readState(context, job.rehearsalId);
  if (!state) return;
  const { row } = state;
  if (row.endedAt) return row.cleanAfter ? cleanAgain(context, row) : undefined;
  if (job.tick !== null && job.tick !== row.tick) return;
  const now = context.ports.clock.now();
  const step = nextStep(row, { event: state.event, twin: state.twin !== null, samples: state.samples }, now);
  if (await make(context, read, state, step, now)) {
    const next = { v: 1 as const, tenantId: row.tenantId, rehearsalId: row.id, tick: row.tick + 1 };
    await context.ports.jobs.rehearse(next, PAUSE_SECONDS);
  }
}

/** @returns whether this one made the step, and no other delivery of it */
async function make(context: TenantContext, read: ReadSample, state: State, step: Step, now: Date): Promise<boolean> {
  const { row, twin } = state;
  switch (step.kind) {
    case 'send':
      if (twin) {
        const sending = step.photos.map((n) => sendSample(context, read, { event: twin, guests: state.guests, n }));
        await Promise.all(sending);
      }
      return endLooking(context, state, row.phase, now);
    case 'wait':
      return endLooking(context, state, row.phase, now);
    case 'recall':
      await takeDown(context, row, step.photoId);
      return endLooking(context, state, 'recalling', now);
    case 'return':
      return sendBack(context, row, step.because, now);
    case 'vanish':
      return endLooking(context, state, 'vanishing', now);
    case 'erase':
      return erase(context, state, now);
  }
}

/** Notes what is to be seen now, and ends the step. */
async function endLooking(
  context: TenantContext,
  { row, event, samples }: State,
  to: RehearsalRow['phase'],
  now: Date,
): Promise<boolean> {
  let { measures } = row;
  if ((row.phase === 'sending' || row.phase === 'recalling') && row.twinId) {
    const presences = await askRooms(context, [row.twinId]);
    measures = observe(measures, samples, presences);
    const isSilent = [...presences.values()].some(({ online, report }) => online && report === null);
    const room = roomOf(context, row.twinId);
    if (isSilent || row.tick % ASK_EVERY_STEPS === 0) {
      await context.ports.rooms.command(room, [{ id: crypto.randomUUID(), screenIds: 'all', command: 'report' }]);
    }
    const recall = row.recalledPhotoId ? await context.ports.rooms.recall(room, row.recalledPhotoId) : null;
    if (recall) measures = { ...measures, recall: { confirmed: recall.confirmed, total: recall.total, ms: recall.ms } };
  } else if (event) {
    measures = observeReturn(measures, await askRooms(context, [event.id]), row.phaseAt);
  }
  const [ended] = await writeTenantBatch(context.db, { tenantId: row.tenantId }, (tx) => [
    endStep(tx, row, { measures, to, now }),
  ]);
  return ended.length > 0;
}

const roomOf = (context: TenantContext, eventId: string) => ({
  tenantId: context.tenant.id,
  eventId,
  residency: context.tenant.residency,
});

/** One photo goes as if a moderator had deleted it: every screen is to confirm. */
async function takeDown(context: TenantContext, row: RehearsalRow, photoId: string): Promise<void> {
  const eventId = await writeTenant(context.db, { tenantId: row.tenantId }, async (tx) => {
    await updateRehearsal(tx, row.tenantId, row.id, { recalledPhotoId: photoId });
    return removePhoto(context, tx, photoId);
  });
  if (eventId) afterRemoval(context, eventId, photoId);
}

async function sendBack(
  context: TenantContext,
  row: RehearsalRow,
  because: Extract<Step, { kind: 'return' }>['because'],
  now: Date,
): Promise<boolean> {
  const { tenantId } = row;
  const isMade = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [locked] = await lockRehearsal(tx, tenantId, row.id);
    if (!locked || locked.tick !== row.tick) return false;
    await giveBack(tx, locked, { because, by: null, now });
    await updateRehearsal(tx, tenantId, row.id, { tick: row.tick + 1, tickedAt: now });
    return true;
  });
  if (isMade && row.twinId) await publishEvent(context, row.twinId);
  return isMade;
}

/** Objects, room and rows, in this order: broken anywhere between, the rehearsal is still there to do it again. */
async function vanish(context: TenantContext, twinId: string): Promise<number> {
  const tenantId = context.tenant.id;
  const { residency } = context.tenant;
  const prefix = eventPrefix({ tenantId, eventId: twinId });
  await context.ports.originals.deletePrefix(residency, prefix);
  await context.ports.rooms.forget(roomOf(context, twinId));
  const [, counted] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
    eraseEvent(tx, tenantId, twinId, RESTORABLE_DAYS),
    countLeftovers(tx, tenantId, twinId),
  ]);
  const rows = Number((counted as unknown as { rows: { count: string }[] }).rows[0]?.count ?? 0);
  return rows + (await context.ports.originals.count(residency, prefix));
}

/** @returns false: there is no step after this */
async function erase(context: TenantContext, { row, samples }: State, now: Date): Promise<boolean> {
  const { tenantId, twinId, pace } = row;
  const leftovers = twinId ? await vanish(context, twinId) : 0;
  const measures = { ...row.measures, leftovers };
  const isAtWork = samples.some(({ status }) => status === 'processing');
  const cleanAfter = isAtWork ? new Date(now.getTime() + CLEAN_AFTER_MS) : null;
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    endStep(tx, row, {
      measures,
      to: 'ended',
      values: {
        checks: checksOf(measures, PACE_PHOTOS[pace].photos, true),
        endedAt: now,
        cleanAfter,
        twinId: cleanAfter ? twinId : null,
        recalledPhotoId: null,
      },
      now,
    }),
  ]);
  return false;
}

/** A thumbnailer was at work when all was erased: what it has stored since goes, too. */
async function cleanAgain(context: TenantContext, row: RehearsalRow): Promise<void> {
  const { tenantId, id, twinId } = row;
  if (twinId) {
    await context.ports.originals.deletePrefix(context.tenant.residency, eventPrefix({ tenantId, eventId: twinId }));
  }
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    updateRehearsal(tx, tenantId, id, { cleanAfter: null, twinId: null }),
  ]);
}
