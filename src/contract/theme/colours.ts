/*
 * OKLCH ↔ sRGB after Björn Ottosson, "A perceptual color space for image processing" (2020), and contrast after
 * WCAG 2.2. The server derives a tenant's colours with it, and the console shows them before they are saved.
 */

export interface Oklch {
  /** 0 to 1 */
  l: number;
  c: number;
  /** radians */
  h: number;
}
type Rgb = [number, number, number];

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toGamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

const toHex = (rgb: Rgb) =>
  `#${rgb
    .map((v) =>
      Math.round(Math.min(1, Math.max(0, v)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** @param hex `#rrggbb` */
export function toOklch(hex: string): Oklch {
  const [r, g, b] = parseHex(hex).map(toLinear) as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(a, bb), h: Math.atan2(bb, a) };
}

function toRgb({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const ll = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const mm = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const ss = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toGamma(4.0767416621 * ll - 3.3077115913 * mm + 0.2309699292 * ss),
    toGamma(-1.2684380046 * ll + 2.6097574011 * mm - 0.3413193965 * ss),
    toGamma(-0.0041960863 * ll - 0.7034186147 * mm + 1.707614701 * ss),
  ];
}

/** The nearest colour of that lightness and hue that a screen can show, `#rrggbb`: chroma gives way. */
export function showable(colour: Oklch): string {
  let c = colour.c;
  for (let i = 0; i < 24; i++) {
    const rgb = toRgb({ ...colour, c });
    if (rgb.every((v) => v >= -0.001 && v <= 1.001)) return toHex(rgb);
    c *= 0.88;
  }
  return toHex(toRgb({ ...colour, c: 0 }));
}

/** WCAG 2 contrast of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = parseHex(hex).map(toLinear) as Rgb;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
