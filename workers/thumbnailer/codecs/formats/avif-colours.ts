import type { ColourClaim, ColourClaims } from '../../colour/claims.ts';
import { fourCharacters, type MemoryBox } from './boxes.ts';

/** ColourInformationBox (ISO/IEC 14496-12, 12.1.5). One that is too short says nothing. */
export function coloursIn(properties: MemoryBox[], file: Uint8Array): ColourClaims {
  const claims: ColourClaim[] = [];
  for (const { type, body } of properties) {
    const kind = type === 'colr' && body.byteLength >= 4 ? fourCharacters(body, 0) : '';
    const start = body.byteOffset - file.byteOffset;
    if (kind === 'prof' || kind === 'rICC') {
      claims.unshift({ from: 'icc', profile: file.slice(start + 4, start + body.byteLength) });
    } else if (kind === 'nclx' && body.byteLength >= 11) {
      // The codec has made full range of whatever it was.
      claims.push({ from: 'cicp', primaries: body.getUint16(4), transfer: body.getUint16(6), isFullRange: true });
    }
  }
  return claims;
}
