import { readCicp } from '../cicp-rules.ts';
import { channelConversion, gridConversion, ignored, type Channel, type Conversion } from '../conversion-rules.ts';
import { connectionToXyz, fromPerceptualBlack, labToXyz, xyzToLight } from './connection-rules.ts';
import { readCurve, type Curve } from './curve-rules.ts';
import { readTable } from './table-rules.ts';
import { fixed16, fourCharacters, readTags, type IccProfile } from './tags-rules.ts';

/**
 * Reads an ICC profile (ICC.1:2022, and version 2) of a display, a camera or a scanner: a table, three curves and a
 * matrix, or one curve for grey. A profile is whatever somebody sent: no offset or size in it is trusted.
 */
export function readProfile(bytes: Uint8Array): Conversion {
  const profile = readTags(bytes);
  if (!profile) return ignored('damaged');
  if (profile.space === 'GRAY') return readGrey(profile);
  if (profile.space !== 'RGB ') return ignored('not a picture of light');
  return readHdr(profile) ?? readAsTable(profile) ?? readColours(profile);
}

/** cicpType (10.3) of PQ and HLG, whose curves and tables say nothing of what is brighter than white. */
function readHdr({ tags }: IccProfile): Conversion | null {
  const tag = tags.get('cicp');
  if (!tag || tag.byteLength < 12) return null;
  const [primaries, transfer, matrix] = [tag.getUint8(8), tag.getUint8(9), tag.getUint8(10)];
  if ((transfer !== 16 && transfer !== 18) || matrix !== 0) return null;
  const conversion = readCicp({ from: 'cicp', primaries, transfer, isFullRange: tag.getUint8(11) === 1 });
  return conversion.kind === 'ignored' ? null : conversion;
}

/** The perceptual table, which says more than curves and a matrix where there are both (8.10.2), else the exact one. */
function readAsTable({ version, connection, tags }: IccProfile): Conversion | null {
  const tag = tags.get('A2B0') ?? tags.get('A2B1');
  const table = tag && readTable(tag, connection);
  if (!table) return null;
  const hasOwnBlack = version >= 4 && tags.has('A2B0');
  const conversion = gridConversion((signals) => {
    const xyz = connectionToXyz(table.convert(signals), table.encoding);
    return xyzToLight(hasOwnBlack ? fromPerceptualBlack(xyz) : xyz);
  });
  return conversion.kind === 'ignored' ? null : conversion;
}

function readColours({ tags, connection }: IccProfile): Conversion {
  if (connection !== 'XYZ ') return ignored('damaged');
  const channels: Channel[] = [];
  for (const name of ['r', 'g', 'b']) {
    const curve = curveOf(tags, `${name}TRC`);
    const xyz = tags.get(`${name}XYZ`);
    if (!curve || !xyz || xyz.byteLength < 20 || fourCharacters(xyz, 0) !== 'XYZ ') return ignored('damaged');
    channels.push({ curve, light: xyzToLight([fixed16(xyz, 8), fixed16(xyz, 12), fixed16(xyz, 16)]) });
  }
  return channelConversion(channels);
}

/** The one curve for each channel by itself, so that colours under a profile for grey stay colours. */
function readGrey({ tags, connection }: IccProfile): Conversion {
  const curve = curveOf(tags, 'kTRC');
  if (!curve) return ignored('damaged');
  // Over Lab, the curve gives lightness (F.2).
  const light: Curve = connection === 'Lab ' ? (signal) => labToXyz([100 * curve(signal), 0, 0])[1] : curve;
  return channelConversion([
    { curve: light, light: [1, 0, 0] },
    { curve: light, light: [0, 1, 0] },
    { curve: light, light: [0, 0, 1] },
  ]);
}

function curveOf(tags: IccProfile['tags'], name: string): Curve | null {
  const tag = tags.get(name);
  return tag ? readCurve(tag) : null;
}
