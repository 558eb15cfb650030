import {
  CLIENT_FRAME_MAX_BYTES,
  CLOSE_TOO_LARGE,
  CLOSE_UNSUPPORTED,
  CLOSE_WRONG_VERSION,
  LIVE_MALFORMED,
  LIVE_WRONG_VERSION,
  PROTOCOL_VERSION,
  clientFrameSchema,
  type ClientFrame,
} from '../../../src/contract/live.ts';

/** What to do about a frame: follow it, pass over it, answer an error, or answer and close. */
export type Verdict =
  | { kind: 'frame'; frame: ClientFrame }
  | { kind: 'ignored' }
  | { kind: 'malformed'; error: string }
  | { kind: 'refused'; error: string | null; closeCode: number; reason: string };

/** An acknowledgement as pages spell it: of all frames the most, and so taken without being parsed. */
const ACK = /^\{"v":1,"type":"ack","seq":(0|[1-9][0-9]{0,14})\}$/;
const KNOWN_TYPES = new Set<unknown>(clientFrameSchema.options.map((option) => option.shape.type.value));

/** Judges one message of a client. Pure; never throws. */
export function judgeClientFrame(message: string | ArrayBuffer): Verdict {
  if (typeof message !== 'string') {
    return { kind: 'refused', error: null, closeCode: CLOSE_UNSUPPORTED, reason: 'text frames only' };
  }
  const ack = ACK.exec(message);
  if (ack !== null) return { kind: 'frame', frame: { v: PROTOCOL_VERSION, type: 'ack', seq: Number(ack[1]) } };
  if (isTooLong(message)) return { kind: 'refused', error: null, closeCode: CLOSE_TOO_LARGE, reason: 'frame too long' };
  const value = parseObject(message);
  if (value === null) return { kind: 'malformed', error: LIVE_MALFORMED };
  if (value['v'] !== PROTOCOL_VERSION) {
    return {
      kind: 'refused',
      error: LIVE_WRONG_VERSION,
      closeCode: CLOSE_WRONG_VERSION,
      reason: `this room speaks version ${PROTOCOL_VERSION}`,
    };
  }
  if (typeof value['type'] !== 'string') return { kind: 'malformed', error: LIVE_MALFORMED };
  if (!KNOWN_TYPES.has(value['type'])) return { kind: 'ignored' };
  const parsed = clientFrameSchema.safeParse(value);
  return parsed.success ? { kind: 'frame', frame: parsed.data } : { kind: 'malformed', error: LIVE_MALFORMED };
}

/** A UTF-16 unit becomes at most three bytes of UTF-8, so most frames need no encoding to be measured. */
function isTooLong(text: string): boolean {
  if (text.length > CLIENT_FRAME_MAX_BYTES) return true;
  return text.length * 3 > CLIENT_FRAME_MAX_BYTES && new TextEncoder().encode(text).byteLength > CLIENT_FRAME_MAX_BYTES;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
