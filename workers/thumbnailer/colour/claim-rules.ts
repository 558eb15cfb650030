import type { ColourClaim } from './claims.ts';
import { readCicp } from './cicp-rules.ts';
import type { Conversion } from './conversion-rules.ts';
import { readGamma } from './gamma-rules.ts';
import { readProfile } from './icc/profile-rules.ts';

export function readClaim(claim: ColourClaim): Conversion {
  switch (claim.from) {
    case 'srgb':
      return { kind: 'srgb' };
    case 'icc':
      return readProfile(claim.profile);
    case 'cicp':
      return readCicp(claim);
    case 'gamma':
      return readGamma(claim);
  }
}
