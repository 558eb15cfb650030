import { encode } from 'uqr';

/** Modules of white that a code needs on every side (ISO/IEC 18004). */
export const QUIET_MODULES = 4;

export interface QrCode {
  /** modules on a side, without the quiet zone */
  size: number;
  isDark: (x: number, y: number) => boolean;
}

/** Level M: a code that bears a fold or a drop of wine, and is still coarse enough for a dim room. */
export function makeQr(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  return { size, isDark: (x, y) => Boolean(data[y] && data[y][x]) };
}

/** The dark modules as one path, a rectangle for each run, moved in by the quiet zone. */
export function qrPath({ size, isDark }: QrCode): string {
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!isDark(x, y)) continue;
      const from = x;
      while (x < size && isDark(x, y)) x++;
      path += `M${from + QUIET_MODULES} ${y + QUIET_MODULES}h${x - from}v1h${from - x}z`;
    }
  }
  return path;
}

export const sideOf = (qr: QrCode): number => qr.size + 2 * QUIET_MODULES;

/** The code as a file for print shops: black on white, quiet zone included. */
export function qrSvgFile(text: string): string {
  const qr = makeQr(text);
  const side = sideOf(qr);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${qrPath(qr)}"/></svg>\n`
  );
}

/** Whole pixels for every module, so that no edge is blurred; what is left over widens the quiet zone. */
export function pngPlan(qr: QrCode, pixels: number): { module: number; offset: number } {
  const module = Math.max(1, Math.floor(pixels / sideOf(qr)));
  return { module, offset: Math.floor((pixels - module * qr.size) / 2) };
}

/** @returns null where the browser could not make the picture */
export function qrPngFile(text: string, pixels: number): Promise<Blob | null> {
  const qr = makeQr(text);
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  const { module, offset } = pngPlan(qr, pixels);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, pixels, pixels);
  context.fillStyle = '#000';
  for (let y = 0; y < qr.size; y++) {
    for (let x = 0; x < qr.size; x++) {
      if (qr.isDark(x, y)) context.fillRect(offset + x * module, offset + y * module, module, module);
    }
  }
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
