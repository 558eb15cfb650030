/** Just enough of PostgreSQL's wire protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html) to see a COMMIT pass. */
export interface WireReader {
  /** @returns messages completed by these bytes; the text of statements and command tags, '' otherwise */
  push(bytes: Buffer): { type: string; text: string }[];
}

const UNTYPED = '';

/** @param untypedFirst true for what a client sends: start-up messages carry no type byte. */
export function createWireReader(untypedFirst: boolean): WireReader {
  let held: Buffer = Buffer.alloc(0);
  let untyped = untypedFirst;
  return {
    push(bytes) {
      held = held.length ? Buffer.concat([held, bytes]) : bytes;
      const messages: { type: string; text: string }[] = [];
      for (;;) {
        const head = untyped ? 0 : 1;
        if (held.length < head + 4) return messages;
        const length = held.readInt32BE(head);
        if (length < 4 || held.length < head + length) return messages;
        const body = held.subarray(head + 4, head + length);
        if (untyped) {
          // SSLRequest and GSSENCRequest are eight bytes and may be followed by another start-up message.
          if (length !== 8) untyped = false;
          messages.push({ type: UNTYPED, text: '' });
        } else {
          const type = String.fromCharCode(held[0] ?? 0);
          messages.push({ type, text: textOf(type, body) });
        }
        held = held.subarray(head + length);
      }
    },
  };
}

/** `Q` query, `P` parse (name, then text), `C` command tag. */
function textOf(type: string, body: Buffer): string {
  if (type !== 'Q' && type !== 'P' && type !== 'C') return '';
  const start = type === 'P' ? body.indexOf(0) + 1 : 0;
  const end = body.indexOf(0, start);
  return body.toString('utf8', start, end < 0 ? undefined : end);
}
