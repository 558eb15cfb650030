import type { Call } from './route.ts';

/** As RFC 8187 has it. */
const extended = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a file is called by whoever keeps it. @param names of letters and digits only, and as it is written */
export const attachment = (names: { plain: string; full: string }): string =>
  `attachment; filename="${names.plain}"; filename*=UTF-8''${extended(names.full)}`;

/** Of known length, so that browsers show how far it is and players can seek. */
export function sized(body: ReadableStream<Uint8Array>, length: number, call: Call): ReadableStream<Uint8Array> {
  const fixed = new FixedLengthStream(length);
  // A reader that goes away is nobody's failure.
  call.context.defer(body.pipeTo(fixed.writable).catch(() => undefined));
  return fixed.readable;
}
