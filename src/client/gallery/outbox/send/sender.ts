import type { Answer, Refusal } from '../../../shared/api.ts';
import { eventPath } from '../../../shared/api.ts';
import { lengthOf, type Upload } from '../rules/upload-rules.ts';
import {
  isGood,
  metadataOf,
  offsetOf,
  ONE_REQUEST_BYTES,
  pieceEnd,
  receiptOf,
  refusalOf,
  type Reply,
  type Sent,
} from './tus-rules.ts';

export interface Ask {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: Blob;
  /** bytes of the body that have gone out */
  onBytes?: (bytes: number) => void;
  /** filled by the transport: how to break it off */
  stop: Stop;
}

/** A handle on whatever request is running. */
export interface Stop {
  isStopped: boolean;
  now: (() => void) | null;
}

/** Never throws: what did not come back has status 0. */
export type Transport = (ask: Ask) => Promise<Reply>;

export interface Sending {
  upload: Upload;
  consent: string | null;
  /** the bytes of this phase from `from` up to `to`; rejects where they are gone */
  read: (from: number, to: number) => Promise<Blob>;
  transport: Transport;
  stop: Stop;
  /** Told where the upload is at the server and how much of it is there; once it is kept, sending goes on. */
  onPlace: (place: string, offset: number) => Promise<void>;
  /** all bytes of this phase that have gone out */
  onBytes: (bytes: number) => void;
}

const TUS = { 'Tus-Resumable': '1.0.0' };
const BYTES = 'application/offset+octet-stream';

/** What is read as JSON at the end instead of an empty answer. */
const WANTS_RECEIPT = { Prefer: 'return=representation', Accept: 'application/json' };

/**
 * One attempt at sending what this phase of an upload is about, from wherever the server is, to its end.
 * @returns the photo, or why not; a refusal without a status passes by itself
 */
export async function attempt(sending: Sending): Promise<Answer<Sent>> {
  const { upload, read, transport, stop, onPlace, onBytes } = sending;
  const length = lengthOf(upload);
  let place = upload.place;
  let offset = 0;

  async function receipt(): Promise<Answer<Sent>> {
    const reply = await transport({ method: 'GET', url: place as string, headers: { ...TUS, ...WANTS_RECEIPT }, stop });
    return (isGood(reply) && receiptOf(reply.text)) || refusalOf(reply);
  }

  if (place === null) {
    // Whether a first try has arrived is not known: then only the place is asked for, and nothing is sent twice.
    const isWhole = length <= ONE_REQUEST_BYTES && upload.attempts <= 1;
    const reply = await transport({
      method: 'POST',
      url: eventPath(upload.event, '/uploads'),
      headers: {
        ...TUS,
        ...WANTS_RECEIPT,
        'Upload-Length': String(length),
        'Upload-Metadata': metadataOf(upload, sending.consent),
        'Idempotency-Key': upload.sendKey,
        ...(isWhole ? { 'Content-Type': BYTES } : {}),
      },
      ...(isWhole ? { body: await read(0, length), onBytes } : {}),
      stop,
    });
    if (!isGood(reply)) return refusalOf(reply);
    place = reply.header('Location');
    if (!place) return (receiptOf(reply.text) as Answer<Sent>) || refusalOf({ ...reply, status: 0 });
    // It says so where an earlier try has begun it.
    offset = offsetOf(reply) || 0;
    await onPlace(place, offset);
    if (offset >= length) return receiptOf(reply.text) || receipt();
  } else {
    const known = await compare();
    if (typeof known !== 'number') return known;
    offset = known;
    await onPlace(place, offset);
  }

  /** How far the server is. */
  async function compare(): Promise<number | Refusal> {
    const reply = await transport({ method: 'HEAD', url: place as string, headers: TUS, stop });
    if (!isGood(reply)) return refusalOf(reply);
    return offsetOf(reply) || 0;
  }

  while (offset < length) {
    const begin: number = offset;
    onBytes(begin);
    const reply: Reply = await transport({
      method: 'PATCH',
      url: place,
      headers: { ...TUS, ...WANTS_RECEIPT, 'Upload-Offset': String(begin), 'Content-Type': BYTES },
      body: await read(begin, pieceEnd(upload, begin)),
      onBytes: (bytes) => onBytes(begin + bytes),
      stop,
    });
    if (!isGood(reply)) return refusalOf(reply);
    const told = offsetOf(reply);
    // A last answer may say nothing but the receipt.
    offset = told === null ? pieceEnd(upload, begin) : told;
    if (offset <= begin) return refusalOf({ ...reply, status: 0 });
    await onPlace(place, offset);
    if (offset >= length) {
      const end = receiptOf(reply.text);
      if (end) return end;
    }
  }
  return receipt();
}
