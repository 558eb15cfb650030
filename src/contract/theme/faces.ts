/**
 * Faces for headings, walls and print. `Momentique …` families are files of ours, which the wall and the console
 * declare (`client/shared/ui/faces.css`) and guests' pages do not: there, what a phone has stands in, and
 * nothing is downloaded.
 */
export const DISPLAY_FACES = ['system', 'serif', 'rounded', 'geometric', 'condensed'] as const;
export type DisplayFace = (typeof DISPLAY_FACES)[number];

interface Face {
  /** CSS `font-family` */
  family: string;
  weight: number;
}

const SYSTEM =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans Arabic', 'Geeza Pro', Arial, 'Noto Sans', sans-serif";

export const FACES: Record<DisplayFace, Face> = {
  system: { family: SYSTEM, weight: 650 },
  serif: { family: `'Momentique Serif', ui-serif, 'New York', Georgia, 'Noto Naskh Arabic', serif`, weight: 600 },
  rounded: { family: `'Momentique Rounded', ui-rounded, ${SYSTEM}`, weight: 650 },
  geometric: { family: `'Momentique Geometric', ${SYSTEM}`, weight: 600 },
  condensed: { family: `'Momentique Condensed', 'Arial Narrow', 'Roboto Condensed', ${SYSTEM}`, weight: 550 },
};

export const faceProperties = (face: DisplayFace): [name: string, value: string][] => [
  ['--display', FACES[face].family],
  ['--display-weight', String(FACES[face].weight)],
];
