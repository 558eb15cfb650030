import { encode } from 'uqr';

export interface QrCodeProps {
  /** what the code leads to */
  text: string;
  /** what it is, for those who cannot see it */
  label: string;
  /** edge in CSS pixels; without it the code fills its place */
  size?: number;
  /** M survives a thumb print, Q a stain, H a logo in the middle */
  ecc?: 'M' | 'Q' | 'H';
}

/** Modules of quiet around the code; ISO/IEC 18004 asks for four. */
const QUIET_MODULES = 4;

/** A QR code, black on white in every mode: cameras in dim rooms fail on anything else. One path, so that it prints sharp. */
export function QrCode({ text, label, size, ecc = 'M' }: QrCodeProps) {
  const { data, size: modules } = encode(text, { ecc, border: QUIET_MODULES });
  let path = '';
  for (let y = 0; y < modules; y++) {
    const row = data[y] || [];
    for (let x = 0; x < modules; x++) {
      if (!row[x]) continue;
      let end = x + 1;
      while (row[end]) end++;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  }
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${modules}v${modules}h-${modules}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
