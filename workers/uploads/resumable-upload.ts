import { DurableObject } from 'cloudflare:workers';
import type { OwnPhoto } from '../../src/contract/photos.ts';
import {
  UPLOAD_HEADERS,
  uploadCallerSchema,
  uploadFactsSchema,
  type UploadAnswer,
  type UploadCaller,
  type UploadFacts,
  type UploadRpc,
  type UploadState,
} from '../../src/contract/upload-object.ts';
import type { Services, TenantContext } from '../../src/domain/context.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { describeError } from '../../src/domain/failures.ts';
import { readRest } from '../../src/domain/intake/rest-of-body.ts';
import { openServices } from '../../src/platform/services.ts';
import { openChecksum } from './checksum.ts';
import { createFinisher, type Finisher } from './finishing.ts';
import { openHeld } from './held.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { createPartWriter } from './parts.ts';
import { openPieces, type Pieces } from './pieces.ts';
import { receive, type Transfer } from './receiving.ts';
import { answering, gone, isFinal, notFound, tooLong, wrongOffset } from './refusals.ts';

/**
 * One resumable upload: whose it is, how far it has come, the bytes that the store does not have yet, and in the end
 * what has become of it. What counts lies in SQLite, written as it comes, so that the object may be gone between any two
 * steps; what is left to do then, its alarm does.
 */
export class ResumableUpload extends DurableObject<UploadsEnv> implements UploadRpc {
  private readonly services: Services;
  private readonly ledger: Ledger;
  private readonly pieces: Pieces;
  private readonly parts: ReturnType<typeof createPartWriter>;
  private readonly finisher: Finisher;
  private running: Transfer | null = null;
  /** what it holds in memory, for tests */
  readonly held = openHeld();

  constructor(ctx: DurableObjectState, env: UploadsEnv) {
    super(ctx, env);
    this.services = openServices(env);
    this.ledger = openLedger(ctx);
    this.pieces = openPieces(this.ledger, this.held);
    const contextOf = () => this.contextOf();
    const step = (name: string) => this.step(name);
    this.parts = createPartWriter(this.ledger, this.pieces, contextOf, step);
    this.finisher = createFinisher({
      ledger: this.ledger,
      pieces: this.pieces,
      parts: this.parts,
      storage: ctx.storage,
      contextOf,
      step,
      held: this.held,
      now: () => this.now(),
    });
  }

  /** For tests, which end everything here. */
  protected step(_name: string): void | Promise<void> {}

  protected now(): number {
    return this.services.ports.clock.now().getTime();
  }

  private contextOf(): TenantContext {
    const facts = this.ledger.facts();
    if (!facts) throw notFound();
    const defer = (work: Promise<unknown>) =>
      this.ctx.waitUntil(
        work.catch((error: unknown) => console.error(JSON.stringify({ at: 'upload', ...describeError(error) }))),
      );
    return { ...this.services, tenant: { id: facts.tenantId, residency: facts.residency }, defer };
  }

  create(asked: UploadFacts): Promise<UploadAnswer> {
    return answering(async () => {
      const facts = uploadFactsSchema.parse(asked);
      const known = this.ledger.facts();
      if (!known) {
        this.ledger.begin(facts, this.now());
        this.finisher.schedule();
        return { state: this.state(), photo: null, isNew: true };
      }
      if (this.ledger.progress().isLeaving) throw gone();
      if (known.length !== facts.length || known.metadata !== facts.metadata || known.guestId !== facts.guestId) {
        throw new DomainError(
          'idempotency.mismatch',
          'This Idempotency-Key was used for another upload. Use a new key.',
        );
      }
      await this.takeOver();
      return { state: this.state(), photo: null, isNew: false };
    });
  }

  look(caller: UploadCaller, takesOver: boolean): Promise<UploadAnswer> {
    return answering(async () => {
      this.requireOwn(caller);
      if (takesOver) {
        await this.takeOver();
        this.requireOwn(caller);
        this.requireGood();
      }
      return { state: this.state(), photo: null, isNew: false };
    });
  }

  cancel(caller: UploadCaller): Promise<UploadAnswer> {
    return answering(async () => {
      this.requireOwn(caller);
      await this.takeOver();
      const facts = this.requireOwn(caller);
      const last = this.state();
      await this.finisher.settled();
      if (this.ledger.facts() === facts) await this.finisher.leave();
      return { state: last, photo: null, isNew: false };
    });
  }

  /** Bytes, from the gateway. */
  override async fetch(request: Request): Promise<Response> {
    const answer = await answering(() => this.append(request));
    await readRest(request.body);
    return Response.json(answer);
  }

  private async append(request: Request): Promise<UploadAnswer> {
    const { headers } = request;
    const caller = uploadCallerSchema.parse(JSON.parse(headers.get(UPLOAD_HEADERS.caller) ?? 'null'));
    this.requireOwn(caller);
    await this.takeOver();
    const facts = this.requireOwn(caller);
    this.requireGood();
    const { offset } = this.ledger.progress();
    if (Number(headers.get(UPLOAD_HEADERS.offset)) !== offset) throw wrongOffset(offset);
    const checksum = headers.get(UPLOAD_HEADERS.checksum);
    const incoming = {
      checksum: checksum === null ? null : openChecksum(checksum),
      witness: this.finisher.witness(facts),
      pieces: this.pieces,
      parts: this.parts,
      held: this.held,
      now: () => this.now(),
    };
    const announced = headers.get(UPLOAD_HEADERS.length);
    if (announced !== null && offset + Number(announced) > facts.length) throw tooLong(facts.length);
    const body = request.body ?? new Blob([]).stream();
    const transfer = receive(this.ledger, { ...incoming, body });
    this.running = transfer;
    let refusal: DomainError | null;
    try {
      refusal = await transfer.done;
    } catch (error) {
      // The sender has gone, or the store is away. What has arrived stays.
      if (error instanceof DomainError) throw error;
      return { state: this.state(), photo: null, isNew: false };
    } finally {
      if (this.running === transfer) this.running = null;
    }
    if (refusal) throw await this.finisher.refuse(refusal);
    return { ...(await this.whenWhole()), isNew: false };
  }

  /** Where every byte is here, a photo is made of them. One that cannot be made just now, the alarm makes. */
  private async whenWhole(): Promise<{ state: UploadState; photo: OwnPhoto | null }> {
    const { length } = this.ledger.facts() as UploadFacts;
    const { offset, status } = this.ledger.progress();
    if (offset < length || status === 'done') return { state: this.state(), photo: null };
    const photo = await this.finisher.finish();
    return { state: this.state(), photo };
  }

  /** The last one to ask decides: a transfer that still runs, which may be of a connection long gone, is ended. */
  private async takeOver(): Promise<void> {
    while (this.running) {
      const { running } = this;
      running.stop();
      await running.done.catch(() => undefined);
      if (this.running === running) this.running = null;
    }
  }

  /** @throws DomainError upload.not_found for everybody but the guest at that event */
  private requireOwn(asked: UploadCaller): UploadFacts {
    const { event, guests } = uploadCallerSchema.parse(asked);
    const facts = this.ledger.facts();
    const isOwn =
      facts &&
      !this.ledger.progress().isLeaving &&
      (event === facts.eventId || event === facts.slug) &&
      guests.some((guest) => guest.guestId === facts.guestId && guest.eventId === facts.eventId);
    if (!isOwn) throw notFound();
    return facts;
  }

  /** @throws DomainError upload.gone, or what it has been refused for */
  private requireGood(): void {
    const { status, problem } = this.ledger.progress();
    if (problem) throw new DomainError(problem.code, problem.detail);
    if (status === 'receiving' && this.now() >= this.finisher.endsAt()) throw gone();
  }

  private state(): UploadState {
    const facts = this.ledger.facts();
    if (!facts) throw notFound();
    const { status, offset, photoId, problem } = this.ledger.progress();
    return {
      id: facts.uploadId,
      eventId: facts.eventId,
      status,
      offset,
      length: facts.length,
      metadata: facts.metadata,
      expiresAt: new Date(this.finisher.endsAt()).toISOString(),
      photoId,
      problem,
    };
  }

  /** Set for whatever is next: to try again what has failed, to expire, to forget. */
  override async alarm(): Promise<void> {
    if (!this.ledger.facts()) return;
    try {
      if (this.ledger.progress().status === 'receiving' && this.now() >= this.finisher.endsAt()) await this.takeOver();
      await this.finisher.carryOn();
    } catch (error) {
      if (!isFinal(error)) console.error(JSON.stringify({ at: 'upload.alarm', ...describeError(error) }));
    }
    this.finisher.schedule();
  }
}
