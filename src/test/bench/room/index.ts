import { untilDone } from '../cleanup.ts';
import { alternate, figureOf, ratioOf } from '../measure.ts';
import { versionOf, workerdVersion, type BenchResult, type Line, type Ratio } from '../report.ts';
import { startAudience, type Audience } from './audience.ts';
import { approvalOf } from './frames.ts';
import { checkOpenFiles } from './open-files.ts';
import { startServers, type House, type Servers } from './servers.ts';
import { catchUp, fill, measure, STALLED, type Load, type Measured } from './session.ts';

export interface RoomSize {
  rounds: number;
  /** rounds before those that count */
  warmUp: number;
  few: Load;
  /** rounds of its own; null: not measured */
  many: (Load & { rounds: number }) | null;
}

const FULL: RoomSize = {
  rounds: 5,
  warmUp: 1,
  few: { sockets: 1_000, posts: 30, intervalMs: 200 },
  many: { sockets: 4_000, posts: 16, intervalMs: 500, rounds: 3 },
};
/** More than the room's log keeps. */
const LOG_FRAMES = 1_050;

/** From a post to its receipts: the room against plain servers, with the same payload and the same clients. */
export async function benchRoom(size: RoomSize = FULL): Promise<BenchResult> {
  checkOpenFiles(Math.max(size.few.sockets, size.many?.sockets ?? 0));
  const stops: (() => void)[] = [];
  const undo = (stop: () => void) => void stops.push(stop);
  const stopAll = () => {
    for (const stop of stops.toReversed()) stop();
  };
  return untilDone(stopAll, async () => {
    const [servers, audience] = await Promise.all([startServers(undo), startAudience(undo)]);
    await fill(servers.room, LOG_FRAMES);
    return report(size, servers, audience);
  });
}

interface Side {
  name: string;
  house: House;
  withStalled?: boolean;
}

/** @returns what each side measured, in the order of the rounds that count */
async function inTurn(sides: Side[], audience: Audience, load: Load, warmUp: number, rounds: number) {
  const runs = sides.map((): Measured[] => []);
  const lanes = sides.map(({ house, withStalled }, n) => async (round: number) => {
    const one = await measure(house, audience, load, withStalled);
    if (round >= warmUp) runs[n]?.push(one);
    return one.p99;
  });
  await alternate(warmUp + rounds, lanes);
  return runs;
}

async function report(size: RoomSize, servers: Servers, audience: Audience): Promise<BenchResult> {
  const { rounds, warmUp, few, many } = size;
  const three = [
    { name: 'ws', house: servers.plain },
    { name: 'socket.io', house: servers.socketIo },
    { name: 'the room', house: servers.room },
  ];
  const five = [
    ...three,
    { name: 'the room without its log', house: servers.unlogged },
    { name: `the room with ${STALLED} stalled sockets`, house: servers.room, withStalled: true },
  ];
  const fewRuns = await inTurn(five, audience, few, warmUp, rounds);
  const manyRuns = many === null ? [] : await inTurn(three, audience, many, warmUp, many.rounds);
  const back = await alternate(rounds, [() => catchUp(servers.room, audience, few)]);
  return {
    name: 'room',
    input: inputOf(size),
    ratios: [
      ...ratiosOf(few, fewRuns, { ws: 2, socketIo: 1.5 }),
      ...partsOf(few, fewRuns),
      ...(many === null ? [] : ratiosOf(many, manyRuns, { ws: 1.3 })),
      {
        name: 'caught up after every socket was cut, 99 of 100',
        reference: 'one second',
        figure: figureOf((back[0] ?? []).map((ms) => ms / 1_000)),
        target: { is: 'at most', value: 1 },
      },
    ],
    lines: [
      ...linesOf(five, few, fewRuns),
      ...(many === null ? [] : linesOf(three, many, manyRuns)),
      { name: 'caught up, 99 of 100', unit: 'ms', figure: figureOf(back[0] ?? []) },
    ],
    versions: { workerd: workerdVersion(), ws: versionOf('ws'), 'socket.io': versionOf('socket.io') },
  };
}

const p99s = (runs: Measured[] | undefined) => (runs ?? []).map((run) => run.p99);

function ratiosOf({ sockets }: Load, [ws, io, room]: Measured[][], target: { ws: number; socketIo?: number }): Ratio[] {
  const against = (name: string, runs: Measured[] | undefined, value?: number): Ratio[] => {
    const reference = `${name} with ${sockets} sockets`;
    const cpu = (all: Measured[] | undefined) => (all ?? []).map((run) => run.cpu);
    const median = (all: Measured[] | undefined) => (all ?? []).map((run) => run.median);
    return [
      {
        name: 'post to receipt, 99 of 100',
        reference,
        figure: ratioOf(p99s(room), p99s(runs)),
        ...(value === undefined ? {} : { target: { is: 'at most', value } as const }),
      },
      { name: 'post to receipt, median', reference, figure: ratioOf(median(room), median(runs)) },
      { name: 'processor time of the server', reference, figure: ratioOf(cpu(room), cpu(runs)) },
    ];
  };
  return [...against('ws', ws, target.ws), ...against('socket.io', io, target.socketIo)];
}

/** What its log costs the room, and what those cost who never read. */
function partsOf({ sockets }: Load, [, , room, unlogged, stalled]: Measured[][]): Ratio[] {
  return [
    {
      name: 'logged, 99 of 100',
      reference: `the same room without its log, ${sockets} sockets`,
      figure: ratioOf(p99s(room), p99s(unlogged)),
      target: { is: 'at most', value: 1.5 },
    },
    {
      name: `${STALLED} stalled sockets more, 99 of 100`,
      reference: `the room with ${sockets} sockets that read`,
      figure: ratioOf(p99s(stalled), p99s(room)),
      target: { is: 'at most', value: 1.2 },
    },
  ];
}

const linesOf = (sides: Side[], { sockets }: Load, runs: Measured[][]): Line[] =>
  sides.flatMap(({ name }, n) => {
    const figure = (value: (run: Measured) => number) => figureOf((runs[n] ?? []).map(value));
    return [
      { name: `${name}, ${sockets} sockets, median`, unit: 'ms', figure: figure((run) => run.median) },
      { name: `${name}, ${sockets} sockets, 99 of 100`, unit: 'ms', figure: figure((run) => run.p99) },
      { name: `${name}, ${sockets} sockets, processor`, unit: 'µs a receipt', figure: figure((run) => run.cpu) },
    ];
  });

function inputOf({ rounds, warmUp, few, many }: RoomSize): string[] {
  const bytes = Buffer.byteLength(JSON.stringify({ ...approvalOf(12).public, seq: 1_000 }));
  const pace = ({ sockets, posts, intervalMs }: Load) =>
    `${posts} posts of one photo to ${sockets} sockets, one every ${intervalMs} ms or when all have the one before`;
  return [
    `photo.approved of about ${bytes} bytes, posted by HTTP as the outbox hands it over; from the post to each receipt;`,
    `${pace(few)}, ${rounds} rounds in turn;`,
    ...(many === null ? [] : [`${pace(many)}, ${many.rounds} rounds in turn;`]),
    `${warmUp} more to warm up; every socket gets every frame in order, or there is no figure;`,
    'workerd by itself with SQLite on the disk and 1,000 frames in the log; ws makes a frame into bytes once for all;',
    'no compression; two processes of clients, the same code for all (socket.io is spoken by hand); acknowledgements as pages make them;',
    `stalled: ${STALLED} sockets more that never read, after 2.8 MB were sent to each;`,
    'caught up: all sockets are cut in mid-stream and come back within 5 s; from open to having everything.',
  ];
}
