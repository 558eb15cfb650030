import { readCurve, type Curve } from './icc-curve-rules.ts';
import { linearToSignal, multiply, XYZ_TO_SRGB, type Matrix } from './srgb-rules.ts';

export type ColourProfile =
  /** Pixels are sRGB as they are, as far as eight bits tell. */
  | { kind: 'srgb' }
  /** `shares`: for `toSrgb` of the pixels module, 3 × 256 × 4 numbers. */
  | { kind: 'matrix'; shares: Float32Array }
  /** The photo is shown as if it had no profile. */
  | { kind: 'ignored'; reason: 'damaged' | 'not a picture of light' | 'tables only' | 'implausible' };

const HEADER_BYTES = 128;
const TAGS_MAX = 100;
/** Beyond, a profile is tables for printing, which are not read. */
const PROFILE_MAX_BYTES = 4 * 1024 * 1024;

const ascii = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));

type Tags = Map<string, DataView>;

/**
 * Reads an ICC profile (ICC.1:2022; version 2 says the same for what is used here) whose colours are three curves and
 * a matrix, or one curve for grey. A profile is whatever somebody sent: no offset or size in it is trusted.
 */
export function readProfile(bytes: Uint8Array): ColourProfile {
  const ignored = (reason: (ColourProfile & { kind: 'ignored' })['reason']): ColourProfile => ({
    kind: 'ignored',
    reason,
  });
  if (bytes.length < HEADER_BYTES + 4 || bytes.length > PROFILE_MAX_BYTES) return ignored('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (ascii(view, 36) !== 'acsp') return ignored('damaged');
  const space = ascii(view, 16);
  const connection = ascii(view, 20);
  if (space !== 'RGB ' && space !== 'GRAY') return ignored('not a picture of light');
  const tags = readTags(view);
  if (!tags) return ignored('damaged');
  const channels = space === 'GRAY' ? readGrey(tags) : connection === 'XYZ ' ? readColours(tags) : null;
  if (channels === null) return ignored(tags.has('A2B0') ? 'tables only' : 'damaged');
  const shares = sharesOf(channels);
  if (!isPlausible(shares)) return ignored('implausible');
  return changesNothing(shares) ? { kind: 'srgb' } : { kind: 'matrix', shares };
}

/** Tag table (7.3). Tags may share their data. */
function readTags(view: DataView): Tags | null {
  const count = view.getUint32(HEADER_BYTES);
  if (count > TAGS_MAX || view.byteLength < HEADER_BYTES + 4 + 12 * count) return null;
  const tags: Tags = new Map();
  for (let at = HEADER_BYTES + 4; at < HEADER_BYTES + 4 + 12 * count; at += 12) {
    const [offset, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (offset + size > view.byteLength) continue;
    tags.set(ascii(view, at), new DataView(view.buffer, view.byteOffset + offset, size));
  }
  return tags;
}

/** A curve and what full light of the channel is in linear sRGB. */
interface Channel {
  curve: Curve;
  light: readonly [number, number, number];
}

function readColours(tags: Tags): Channel[] | null {
  const channels: Channel[] = [];
  for (const name of ['r', 'g', 'b']) {
    const curve = curveOf(tags, `${name}TRC`);
    const xyz = tags.get(`${name}XYZ`);
    if (!curve || !xyz || xyz.byteLength < 20 || ascii(xyz, 0) !== 'XYZ ') return null;
    const colorant = [8, 12, 16].map((at) => xyz.getInt32(at) / 65_536);
    channels.push({ curve, light: multiply(XYZ_TO_SRGB, colorant) });
  }
  return channels;
}

/** The one curve for each channel by itself, so that colours under a profile for grey stay colours. */
function readGrey(tags: Tags): Channel[] | null {
  const curve = curveOf(tags, 'kTRC');
  const unit: Matrix = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  return curve && unit.map((light) => ({ curve, light }));
}

function curveOf(tags: Tags, name: string): Curve | null {
  const tag = tags.get(name);
  return tag ? readCurve(tag) : null;
}

function sharesOf(channels: Channel[]): Float32Array {
  const shares = new Float32Array(3 * 256 * 4);
  for (const [channel, { curve, light }] of channels.entries()) {
    for (let value = 0; value < 256; value += 1) {
      const amount = curve(value / 255);
      shares.set(
        light.map((one) => one * amount),
        (channel * 256 + value) * 4,
      );
    }
  }
  return shares;
}

function convert(shares: Float32Array, rgb: readonly number[]): number[] {
  return [0, 1, 2].map((out) =>
    rgb.reduce((sum, value, channel) => sum + (shares[(channel * 256 + value) * 4 + out] as number), 0),
  );
}

/** White is about white and black about black; else the profile would spoil what it should mend. */
function isPlausible(shares: Float32Array): boolean {
  const isAbout = (light: number[], expected: number): boolean => light.every((one) => Math.abs(one - expected) < 0.15);
  return isAbout(convert(shares, [255, 255, 255]), 1) && isAbout(convert(shares, [0, 0, 0]), 0);
}

const SAMPLES = [0, 16, 32, 64, 96, 128, 160, 192, 224, 255];
/** Of 1/255: no eye sees less, and there are sRGB profiles of many hands. */
const SAME_MAX = 1;

function changesNothing(shares: Float32Array): boolean {
  return SAMPLES.every((red) =>
    SAMPLES.every((green) =>
      SAMPLES.every((blue) => {
        const rgb = [red, green, blue];
        return convert(shares, rgb).every(
          (light, at) => Math.abs(linearToSignal(light) * 255 - (rgb[at] as number)) <= SAME_MAX,
        );
      }),
    ),
  );
}
