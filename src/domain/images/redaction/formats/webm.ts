import type { Draft } from '../overwrites.ts';
import { findPlace } from '../places.ts';
import { read, Unwalkable, type Walk } from '../walk.ts';

/** Element ids of Matroska (RFC 9559, section 5). */
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const SEEK_HEAD = 0x114d9b74;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CUES = 0x1c53bb6b;
const CLUSTER = 0x1f43b675;
const VOID = 0xec;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;

const KEPT_IN_SEGMENT = new Set([SEEK_HEAD, INFO, TRACKS, CUES, CLUSTER]);
/** Scale, duration and the two names of programs, which are mandatory and become empty; titles, file names, dates go. */
const KEPT_IN_INFO = new Set([0x2ad7b1, 0x4489, 0x4d80, 0x5741]);
const PROGRAMS = new Set([0x4d80, 0x5741]);
/** Time code, previous size, position, blocks. */
const IN_CLUSTER = new Set([0xe7, 0xab, 0xa7, 0xa3, 0xa0, VOID]);
const VIDEO_OR_AUDIO = new Set([1, 2]);
/** Of names and languages, what players do not need. */
const WORDS_IN_TRACK = new Set([0x536e, 0x258688]);

/** Of one parent that is looked into. */
const CHILDREN_MAX = 2_000;

interface Element {
  id: number;
  at: number;
  body: number;
  /** null: its end is where the next one of its level begins */
  end: number | null;
}

/** @returns where the file ends */
export function* walkWebm(size: number, out: Draft): Walk<number> {
  const header = yield* elementAt(0, size);
  if (header.id !== EBML || header.end === null) throw new Unwalkable('it does not begin like a WebM');
  const segment = yield* elementAt(header.end, size);
  if (segment.id !== SEGMENT) throw new Unwalkable('there is no movie in it');
  // What follows is no part of it.
  const end = segment.end ?? size;
  for (let at = segment.body; at < end;) {
    const element = yield* elementAt(at, end);
    if (!KEPT_IN_SEGMENT.has(element.id)) {
      if (element.end !== null && (yield* findPlace(element.body, element.end - element.body))) out.foundPlace(false);
      toVoid(element, out);
    }
    if (element.id === INFO) yield* walkInfo(element, out);
    if (element.id === TRACKS) yield* walkTracks(element, out);
    at = element.end ?? (yield* endOfCluster(element, end));
  }
  return end;
}

function* elementAt(at: number, parentEnd: number): Walk<Element> {
  const head = yield* read(at, Math.min(12, parentEnd - at));
  const idBytes = Math.clz32(head[0] ?? 0) - 23;
  if (idBytes > 4 || idBytes >= head.length) throw new Unwalkable('an element of it is impossible');
  const id = head.subarray(0, idBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const sizeBytes = Math.clz32(head[idBytes] ?? 0) - 23;
  if (sizeBytes > 8 || idBytes + sizeBytes > head.length) throw new Unwalkable('an element of it is impossible');
  const field = head.subarray(idBytes, idBytes + sizeBytes);
  const lead = field[0]! & (0xff >> sizeBytes);
  const body = at + idBytes + sizeBytes;
  if (lead === 0xff >> sizeBytes && field.subarray(1).every((byte) => byte === 0xff))
    return { id, at, body, end: null };
  const end = body + field.subarray(1).reduce((sum, byte) => sum * 256 + byte, lead);
  if (end > parentEnd) throw new Unwalkable('an element has an impossible length');
  return { id, at, body, end };
}

/** Live recordings do not know how long a cluster will be: it ends before the first element that is none of its own. */
function* endOfCluster(cluster: Element, parentEnd: number): Walk<number> {
  if (cluster.id !== CLUSTER) throw new Unwalkable('an element has no length');
  for (let at = cluster.body; at < parentEnd;) {
    const element = yield* elementAt(at, parentEnd);
    if (!IN_CLUSTER.has(element.id)) return at;
    if (element.end === null) throw new Unwalkable('an element has no length');
    at = element.end;
  }
  return parentEnd;
}

function* walkTracks(tracks: Element, out: Draft): Walk<void> {
  for (const entry of yield* childrenOf(tracks)) {
    if (entry.id !== TRACK_ENTRY) {
      toVoid(entry, out);
      continue;
    }
    const parts = yield* childrenOf(entry);
    const kind = parts.find(({ id }) => id === TRACK_TYPE);
    if (!kind || !VIDEO_OR_AUDIO.has((yield* read(kind.body, 1))[0]!)) {
      throw new Unwalkable('it says more than pictures and sound');
    }
    for (const part of parts) if (WORDS_IN_TRACK.has(part.id)) toVoid(part, out);
  }
}

/** A text ends at its first zero (RFC 8794, section 13). */
function* walkInfo(info: Element, out: Draft): Walk<void> {
  for (const element of yield* childrenOf(info)) {
    if (!KEPT_IN_INFO.has(element.id)) toVoid(element, out);
    else if (PROGRAMS.has(element.id) && element.end !== null) out.blank(element.body, element.end - element.body);
  }
}

function* childrenOf(parent: Element): Walk<Element[]> {
  if (parent.end === null) throw new Unwalkable('an element has no length');
  const children: Element[] = [];
  for (let at = parent.body; at < parent.end;) {
    const child = yield* elementAt(at, parent.end);
    if (child.end === null) throw new Unwalkable('an element has no length');
    if (children.push(child) > CHILDREN_MAX) throw new Unwalkable('it has too many elements');
    at = child.end;
  }
  return children;
}

/** An element of nothing, with a size field that makes it as long as what it replaces (RFC 8794, section 11.3.2). */
function toVoid({ at, end }: Element, out: Draft): void {
  if (end === null) throw new Unwalkable('an element has no length');
  const length = end - at;
  if (length < 9) {
    out.write(at, Uint8Array.of(VOID, 0x80 | (length - 2)), length);
    return;
  }
  const head = new Uint8Array(9);
  const view = new DataView(head.buffer);
  head[0] = VOID;
  head[1] = 0x01;
  view.setUint16(3, Math.floor((length - 9) / 0x1_0000_0000));
  view.setUint32(5, (length - 9) % 0x1_0000_0000);
  out.write(at, head, length);
}
