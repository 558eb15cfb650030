/*
 * How cards lie on paper. All lengths are millimetres. A tent has two faces that meet at the fold; the
 * upper one stands on its head, so that both are read upright once it is folded. What must not be lost
 * keeps 8 mm away from every edge: home printers do not reach further.
 */
export const FORMATS = ['a6-tent', 'a5-tent', 'a4-tent', 'a4-poster', 'a3-poster'] as const;
export type Format = (typeof FORMATS)[number];

export interface Face {
  x: number;
  y: number;
  width: number;
  height: number;
  isTurned: boolean;
}

interface FormatPlan {
  /** the paper */
  width: number;
  height: number;
  shape: 'tall' | 'wide' | 'poster';
  /** height of the letters of the instruction, which everything else is measured by */
  em: number;
  /** each place takes one card, with all of its faces; a list of lists: sheets that belong to one card */
  sheets: Face[][][];
  folds: number[];
  cuts: number[];
  /** the upper edges of two sheets are taped together */
  isTaped?: boolean;
}

const face = (x: number, y: number, width: number, height: number, isTurned = false): Face => ({
  x,
  y,
  width,
  height,
  isTurned,
});

const tent = (x: number, width: number, height: number): Face[] => [
  face(x, 0, width, height, true),
  face(x, height, width, height),
];

export const FORMAT_PLANS: Record<Format, FormatPlan> = {
  'a6-tent': {
    width: 210,
    height: 297,
    shape: 'tall',
    em: 3.2,
    sheets: [[tent(0, 105, 148.5), tent(105, 105, 148.5)]],
    folds: [148.5],
    cuts: [105],
  },
  'a5-tent': {
    width: 210,
    height: 297,
    shape: 'wide',
    em: 4.2,
    sheets: [[tent(0, 210, 148.5)]],
    folds: [148.5],
    cuts: [],
  },
  // Two faces of A4 are more than one sheet of it: two sheets, taped where they would be folded.
  'a4-tent': {
    width: 297,
    height: 210,
    shape: 'wide',
    em: 5.9,
    sheets: [[[face(0, 0, 297, 210)]], [[face(0, 0, 297, 210)]]],
    folds: [],
    cuts: [],
    isTaped: true,
  },
  'a4-poster': {
    width: 210,
    height: 297,
    shape: 'poster',
    em: 5.6,
    sheets: [[[face(0, 0, 210, 297)]]],
    folds: [],
    cuts: [],
  },
  'a3-poster': {
    width: 297,
    height: 420,
    shape: 'poster',
    em: 7.9,
    sheets: [[[face(0, 0, 297, 420)]]],
    folds: [],
    cuts: [],
  },
};

export const isTent = (format: Format): boolean => FORMAT_PLANS[format].shape !== 'poster';

/** Cards that one run through the printer makes: on one sheet, or on the two that belong together. */
export const cardsPerRun = (format: Format): number => (FORMAT_PLANS[format].sheets[0] || []).length;

export interface Placed<T> {
  card: T;
  face: Face;
}
export type Sheet<T> = Placed<T>[];

/** Lays cards out, in their order, on as few sheets as the format needs. */
export function layOut<T>(format: Format, cards: readonly T[]): Sheet<T>[] {
  const { sheets } = FORMAT_PLANS[format];
  const perRun = cardsPerRun(format);
  const laid: Sheet<T>[] = [];
  for (let from = 0; from < cards.length; from += perRun) {
    const run = cards.slice(from, from + perRun);
    for (const places of sheets) {
      laid.push(run.flatMap((card, place) => (places[place] || []).map((one) => ({ card, face: one }))));
    }
  }
  return laid;
}
