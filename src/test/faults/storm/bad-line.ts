import { request } from 'node:http';
import type { Answer } from '../../support/http.ts';

/** What is left of an answer that came through. */
export type Heard = Pick<Answer, 'status' | 'headers' | 'text'>;

export interface Line {
  /** null: the answer was lost, or the line broke on the way out; nobody knows what became of it */
  ask(method: string, path: string, headers: Record<string, string>, body?: Uint8Array): Promise<Heard | null>;
  /** body bytes that had left when the line broke, of the last `ask` that ended so */
  left(): number;
  counts: { dropped: number; cut: number };
}

export interface Weather {
  /** 0 to below 1 */
  random: () => number;
  /** share of answers that are lost after the request has had its effect */
  drops: number;
  /** share of bodies that break off at some byte */
  cuts: number;
}

/** Long enough for what has left to be received, so that what is sent again is not what lay in a buffer of the sender. */
const DRAIN_MS = 40;
const PATIENCE_MS = 60_000;

/** A line from one phone to the platform in bad weather. */
export function badLine(port: number, host: string, { random, drops, cuts }: Weather): Line {
  const counts = { dropped: 0, cut: 0 };
  let left = 0;

  const ask: Line['ask'] = (method, path, headers, body) =>
    new Promise((resolve) => {
      const isCut = body !== undefined && body.length > 1 && random() < cuts;
      const isDropped = random() < drops;
      const until = isCut ? 1 + Math.floor(random() * (body.length - 1)) : (body?.length ?? 0);
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method,
          headers: { host, ...headers, ...(body ? { 'content-length': String(body.length) } : {}) },
          agent: false,
          timeout: PATIENCE_MS,
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', () => resolve(null));
          incoming.on('end', () => {
            const isLost = isDropped && !isCut;
            if (isLost) counts.dropped += 1;
            left = body?.length ?? 0;
            const heard = {
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: Buffer.concat(parts).toString('utf8'),
            };
            resolve(isLost ? null : heard);
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(null));
      if (!isCut) return outgoing.end(body);
      counts.cut += 1;
      left = until;
      outgoing.write(body.subarray(0, until), () => setTimeout(() => outgoing.destroy(), DRAIN_MS));
    });

  return { ask, left: () => left, counts };
}
