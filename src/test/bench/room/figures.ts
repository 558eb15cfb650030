import { figureOf, ratioOf } from '../measure.ts';
import type { Line, Ratio } from '../report.ts';
import { STALLED, type Load, type Measured } from './session.ts';

const TYPICAL = '99 of 100 at the median post';
const all = (runs: Measured[] | undefined, of: keyof Measured) => (runs ?? []).map((run) => run[of]);

/** The room beside the two plain servers; their runs in the order ws, socket.io, room. */
export function ratiosOf(
  { sockets }: Load,
  [ws, io, room]: Measured[][],
  target: { ws: number; socketIo?: number },
): Ratio[] {
  const against = (name: string, runs: Measured[] | undefined, value?: number): Ratio[] => {
    const reference = `${name} with ${sockets} sockets`;
    const figure = (of: keyof Measured) => ratioOf(all(room, of), all(runs, of));
    return [
      {
        name: 'post to receipt, 99 of 100',
        reference,
        figure: figure('p99'),
        ...(value === undefined ? {} : { target: { is: 'at most', value } as const }),
      },
      { name: `post to receipt, ${TYPICAL}`, reference, figure: figure('typical') },
      { name: 'post to receipt, median', reference, figure: figure('median') },
      { name: 'processor time of the server', reference, figure: figure('cpu') },
    ];
  };
  return [...against('ws', ws, target.ws), ...against('socket.io', io, target.socketIo)];
}

/**
 * What its log costs the room, what those cost who never read, and what is not the runtime's. An effect is looked
 * for at the median post: the few slowest posts of a round are slow by what else the machine does.
 */
export function partsOf({ sockets }: Load, [, , room, unlogged, stalled, bare]: Measured[][]): Ratio[] {
  const effect = (name: string, reference: string, above?: Measured[], below?: Measured[], value?: number): Ratio[] => [
    {
      name: `${name}, ${TYPICAL}`,
      reference,
      figure: ratioOf(all(above, 'typical'), all(below, 'typical')),
      ...(value === undefined ? {} : { target: { is: 'at most', value } as const }),
    },
    { name: `${name}, 99 of 100`, reference, figure: ratioOf(all(above, 'p99'), all(below, 'p99')) },
    { name: `${name}, processor time`, reference, figure: ratioOf(all(above, 'cpu'), all(below, 'cpu')) },
  ];
  return [
    ...effect('logged', `the same room without its log, ${sockets} sockets`, room, unlogged, 1.5),
    ...effect(`${STALLED} stalled sockets more`, `the room with ${sockets} sockets that read`, stalled, room, 1.2),
    ...effect('the room', 'a Durable Object that only sends: that much is the runtime’s', room, bare),
  ];
}

export const linesOf = (names: string[], { sockets }: Load, runs: Measured[][]): Line[] =>
  names.flatMap((name, n) => {
    const line = (what: string, unit: string, of: keyof Measured): Line => ({
      name: `${name}, ${sockets} sockets, ${what}`,
      unit,
      figure: figureOf(all(runs[n], of)),
    });
    return [
      line('median', 'ms', 'median'),
      line('99 of 100', 'ms', 'p99'),
      line(TYPICAL, 'ms', 'typical'),
      line('processor', 'µs a receipt', 'cpu'),
    ];
  });
