import type { OwnPhoto } from '../../src/contract/photos.ts';
import type { UploadFacts } from '../../src/contract/upload-object.ts';
import type { TenantContext } from '../../src/domain/context.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import { describeError } from '../../src/domain/failures.ts';
import { extendNote } from '../../src/domain/intake/resumable/notes.ts';
import { findDestination, photoOf, settleUpload } from '../../src/domain/intake/resumable/settling.ts';
import { originalKey } from '../../src/domain/intake/rendition-keys.ts';
import { discardUpload } from '../../src/domain/intake/upload-intents.ts';
import { toOwnPhoto } from '../../src/domain/photo-rules.ts';
import { assemble, previewOf } from './assembling.ts';
import type { Held } from './held.ts';
import type { Ledger } from './ledger.ts';
import type { createPartWriter, Step } from './parts.ts';
import type { Pieces } from './pieces.ts';
import { gone, isFinal } from './refusals.ts';
import { openWitness, type Witness } from './witness.ts';

/** Longer than finishing takes: an alarm that rings meanwhile waits with everybody else. */
const WATCH_MS = 30_000;
const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 300_000;

interface Deps {
  ledger: Ledger;
  pieces: Pieces;
  parts: ReturnType<typeof createPartWriter>;
  storage: DurableObjectStorage;
  contextOf: () => TenantContext;
  step: Step;
  held: Held;
  now: () => number;
}

export type Finisher = ReturnType<typeof createFinisher>;

/** What happens when the last byte is here, and what is left to do when an upload ends in another way. */
export function createFinisher({ ledger, pieces, parts, storage, contextOf, step, held, now }: Deps) {
  let finishing: Promise<OwnPhoto | null> | null = null;
  let witnessing: Witness | null = null;
  const witness = ({ previewBytes }: Pick<UploadFacts, 'previewBytes'>): Witness =>
    (witnessing ??= openWitness(previewBytes));

  const ttl = (): number => contextOf().config.UPLOAD_TTL_SECONDS * 1000;
  /** Of one under way: when it expires. Of one that has ended: when it is forgotten. */
  const endsAt = (): number => {
    const { endedAt, lastByteAt } = ledger.progress();
    return (endedAt ?? lastByteAt) + ttl();
  };

  function schedule(): void {
    if (!ledger.facts()) return;
    const { status, isDirty, isLeaving, failures } = ledger.progress();
    const isBusy = status === 'finishing' || isDirty || isLeaving;
    const wait = failures === 0 ? WATCH_MS : Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1));
    void storage.setAlarm(isBusy ? now() + wait : endsAt());
  }

  /** Takes away what is nobody's: parts, objects under the prefix, the note. Safe to repeat. */
  async function clean(): Promise<void> {
    const facts = ledger.facts();
    if (!facts) return;
    await parts.settled();
    const context = contextOf();
    const { partsId, isAssembled } = ledger.progress();
    const { residency } = context.tenant;
    const address = photoOf(facts);
    if (partsId !== null && !isAssembled) {
      await context.ports.originals.abortParts({ residency, key: originalKey(address), partsId });
      await step('parts aborted');
    }
    await discardUpload(context, address);
    await step('discarded');
    ledger.change({ isDirty: false, partsId: null, failures: 0 });
  }

  async function failing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (ledger.facts()) ledger.change({ failures: ledger.progress().failures + 1 });
      schedule();
      throw error;
    }
  }

  /** Ends it with a reason that its sender can read. @returns that reason */
  async function refuse(problem: DomainError): Promise<DomainError> {
    const { code, message: detail } = problem;
    ledger.end({ status: 'refused', photoId: null, problem: { code, detail }, isDirty: true }, now());
    schedule();
    await step('refused');
    await failing(clean).catch((error: unknown) => log('upload.clean', error));
    schedule();
    return problem;
  }

  /** Nothing of it is left when this is done; until then nobody finds it any more. */
  async function leave(): Promise<void> {
    ledger.change({ isLeaving: true });
    schedule();
    try {
      await failing(clean);
    } catch (error) {
      return log('upload.leave', error);
    }
    await ledger.forget();
  }

  async function makePhoto(): Promise<OwnPhoto> {
    const facts = ledger.facts();
    if (!facts) throw gone();
    const context = contextOf();
    const destination = findDestination(context, facts);
    // Asked for beside the store; if both fail, the store's reason counts.
    destination.catch(() => undefined);
    const stored = await assemble({ ledger, facts, pieces, parts, context, step, held, witness: witness(facts) });
    const preview = previewOf(pieces, facts);
    held.hold('preview', facts.previewBytes);
    const { record, created, isHidden } = await settleUpload(context, facts, await destination, stored, preview);
    held.hold('preview', 0);
    await step('recorded');
    // A job that cannot be queued now is queued by the sweeper: the photo stays `processing`.
    if (created) {
      const job = { v: 1 as const, ...photoOf(facts) };
      await context.ports.jobs.thumbnail(job).catch((error: unknown) => log('upload.job', error));
    }
    await step('queued');
    ledger.end({ status: 'done', photoId: record.photo.id, problem: null, isDirty: !created }, now());
    schedule();
    if (!created) {
      await failing(clean).catch((error: unknown) => log('upload.clean', error));
      schedule();
    }
    return toOwnPhoto(record, isHidden);
  }

  async function tryToFinish(): Promise<OwnPhoto | null> {
    if (ledger.progress().status === 'receiving') ledger.change({ status: 'finishing' });
    schedule();
    try {
      return await failing(makePhoto);
    } catch (error) {
      if (isFinal(error)) throw await refuse(error);
      log('upload.finish', error);
      return null;
    }
  }

  /** The photo; null where it cannot be made just now, and the alarm will. @throws DomainError when it is refused */
  function finish(): Promise<OwnPhoto | null> {
    finishing ??= tryToFinish().finally(() => {
      finishing = null;
    });
    return finishing;
  }

  return {
    witness,
    endsAt,
    schedule,
    refuse,
    leave,
    finish,
    settled: () => finishing?.catch(() => undefined) ?? Promise.resolve(),
    /** Does what is due. */
    async carryOn(): Promise<void> {
      const { status, isLeaving, isDirty, endedAt } = ledger.progress();
      const isOver = now() >= endsAt();
      if (isLeaving) return leave();
      if (isDirty) await failing(clean);
      if (endedAt !== null) return isOver ? ledger.forget() : undefined;
      if (isOver) return status === 'finishing' ? void (await refuse(gone())) : leave();
      if (status === 'finishing') return void (await finish());
      await extendNote(contextOf(), photoOf(ledger.facts()!), ledger.progress().lastByteAt);
    },
  };
}

const log = (at: string, error: unknown): void => console.error(JSON.stringify({ at, ...describeError(error) }));
