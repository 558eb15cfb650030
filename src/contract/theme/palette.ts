import { contrast, showable, toOklch, type Oklch } from './colours.ts';

/** Text needs 4.5:1 against what it stands on (WCAG 2.2, 1.4.3); lines and controls 3:1 (1.4.11). */
export const TEXT_CONTRAST = 4.5;
export const CONTROL_CONTRAST = 3;

export const TEMPERATURES = ['cool', 'neutral', 'warm'] as const;
export type Temperature = (typeof TEMPERATURES)[number];
export const FALLBACK_ACCENT = '#7a3cff';

/** Neutrals of both modes: lightness, and chroma at the neutral temperature. `client/shared/tokens.css` has the same. */
export const NEUTRALS = {
  light: {
    surface: [0.99, 0.003],
    surfaceRaised: [1, 0],
    surfaceSunken: [0.955, 0.006],
    line: [0.88, 0.008],
    lineStrong: [0.6, 0.015],
    text: [0.22, 0.015],
    textQuiet: [0.46, 0.015],
  },
  dark: {
    surface: [0.17, 0.008],
    surfaceRaised: [0.22, 0.01],
    surfaceSunken: [0.25, 0.011],
    line: [0.32, 0.012],
    lineStrong: [0.56, 0.015],
    text: [0.95, 0.005],
    textQuiet: [0.76, 0.012],
  },
} as const;

/** Hue in degrees, and how much more of it there is than at the neutral temperature. */
export const HUES: Record<Temperature, { hue: number; chroma: number }> = {
  cool: { hue: 250, chroma: 2 },
  neutral: { hue: 290, chroma: 1 },
  warm: { hue: 65, chroma: 2 },
};

export type Mode = keyof typeof NEUTRALS;
type Neutral = keyof (typeof NEUTRALS)['light'];

/** Every colour of one mode that follows from a tenant's accent and temperature, `#rrggbb`. */
export type Palette = Record<Neutral | 'accent' | 'onAccent' | 'accentText' | 'accentLine' | 'accentSoft', string>;

const SURFACES = ['surface', 'surfaceRaised', 'surfaceSunken'] as const;
/** Lightness and most chroma of a surface that is tinted with the accent. */
const SOFT: Record<Mode, [number, number]> = { light: [0.955, 0.035], dark: [0.28, 0.06] };
/** What a filled button differs from the page by; its words have the contrast that counts. */
const FILL_CONTRAST = 1.6;

const neutral = (mode: Mode, name: Neutral, temperature: Temperature): string => {
  const [l, c] = NEUTRALS[mode][name];
  const { hue, chroma } = HUES[temperature];
  return showable({ l, c: c * chroma, h: (hue * Math.PI) / 180 });
};

/** Moves a colour away from what it stands on, keeping its hue, until it stands out enough on all of it. */
function readable(accent: Oklch, surfaces: string[], least: number, step: number): string {
  for (let l = accent.l; l > 0 && l < 1; l += step) {
    const hex = showable({ ...accent, l });
    if (surfaces.every((surface) => contrast(hex, surface) >= least)) return hex;
  }
  return step < 0 ? '#000000' : '#ffffff';
}

/** Only a colour is taken from what a tenant gave; anything else is the platform's own. */
const readAccent = (accent: string): string =>
  /^#[0-9a-f]{6}$/i.test(accent) ? accent.toLowerCase() : FALLBACK_ACCENT;

function deriveMode(mode: Mode, accent: string, temperature: Temperature): Palette {
  const colour = toOklch(accent);
  const step = mode === 'light' ? -0.01 : 0.01;
  const neutrals = {} as Record<Neutral, string>;
  for (const name of Object.keys(NEUTRALS[mode]) as Neutral[]) neutrals[name] = neutral(mode, name, temperature);
  const [softL, softC] = SOFT[mode];
  const accentSoft = showable({ l: softL, c: Math.min(colour.c, softC), h: colour.h });
  const surfaces = [...SURFACES.map((name) => neutrals[name]), accentSoft];
  const fill = readable(colour, surfaces, FILL_CONTRAST, step);
  return {
    ...neutrals,
    accent: fill,
    onAccent: contrast(fill, '#ffffff') >= TEXT_CONTRAST ? '#ffffff' : '#000000',
    accentText: readable(colour, surfaces, TEXT_CONTRAST, step),
    accentLine: readable(colour, surfaces, CONTROL_CONTRAST, step),
    accentSoft,
  };
}

export interface Colours {
  accent: string;
  temperature: Temperature;
}

/** What a tenant's one colour and one temperature become in both modes: legible, whatever was chosen. */
export const derivePalettes = ({ accent, temperature }: Colours): Record<Mode, Palette> => ({
  light: deriveMode('light', readAccent(accent), temperature),
  dark: deriveMode('dark', readAccent(accent), temperature),
});

/** CSS name of a colour: `accentText` → `--accent-text`. */
const property = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The palette as custom properties, for a style sheet or for an element's style. */
export function paletteProperties(palette: Palette, mode: Mode): [name: string, value: string][] {
  const own = Object.entries(palette).map(([name, value]): [string, string] => [property(name), value]);
  return [...own, ['--accent-ring', `${palette.accentLine}${mode === 'light' ? '40' : '66'}`]];
}
