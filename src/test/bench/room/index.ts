import { untilDone } from '../cleanup.ts';
import { alternate, figureOf } from '../measure.ts';
import { versionOf, workerdVersion, type BenchResult } from '../report.ts';
import { startAudience, type Audience } from './audience.ts';
import { linesOf, partsOf, ratiosOf } from './figures.ts';
import { approvalOf } from './frames.ts';
import { checkOpenFiles } from './open-files.ts';
import { hearWithRealClient } from './real-client.ts';
import { startServers, type House, type Servers } from './servers.ts';
import { catchUp, fill, measure, STALLED, type Load, type Measured } from './session.ts';

export interface RoomSize {
  rounds: number;
  /** rounds before those that count */
  warmUp: number;
  few: Load;
  /** rounds of its own; null: not measured */
  many: (Load & { rounds: number }) | null;
  /** frames in the room's log before anybody comes */
  history: number;
  /** long frames to those who never read */
  flood: number;
  /** share of the time in which pages come back */
  spread: number;
}

const FULL: RoomSize = {
  rounds: 5,
  warmUp: 1,
  few: { sockets: 1_000, posts: 60, intervalMs: 100 },
  many: { sockets: 4_000, posts: 20, intervalMs: 400, rounds: 3 },
  // More than the room's log keeps.
  history: 1_050,
  // Fewer than the room sends on trust, and more bytes than lie between it and who does not read.
  flood: 930,
  spread: 1,
};

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
    await hearWithRealClient(servers.socketIo);
    await fill(servers.room, size.history);
    return report(size, servers, audience);
  });
}

interface Side {
  name: string;
  house: House;
  flood?: number;
}

/** @returns what each side measured, in the order of the rounds that count */
async function inTurn(sides: Side[], audience: Audience, load: Load, warmUp: number, rounds: number) {
  const runs = sides.map((): Measured[] => []);
  const lanes = sides.map(({ house, flood }, n) => async (round: number) => {
    const one = await measure(house, audience, load, flood);
    if (round >= warmUp) runs[n]?.push(one);
    return one.p99;
  });
  await alternate(warmUp + rounds, lanes);
  return runs;
}

const names = (sides: Side[]) => sides.map(({ name }) => name);

async function report(size: RoomSize, servers: Servers, audience: Audience): Promise<BenchResult> {
  const { rounds, warmUp, few, many } = size;
  const three = [
    { name: 'ws', house: servers.plain },
    { name: 'socket.io', house: servers.socketIo },
    { name: 'the room', house: servers.room },
  ];
  const sides = [
    ...three,
    { name: 'the room without its log', house: servers.unlogged },
    { name: `the room with ${STALLED} stalled sockets`, house: servers.room, flood: size.flood },
    { name: 'a bare Durable Object', house: servers.bare },
  ];
  const fewRuns = await inTurn(sides, audience, few, warmUp, rounds);
  const manyRuns = many === null ? [] : await inTurn(three, audience, many, warmUp, many.rounds);
  const back = await alternate(rounds, [() => catchUp(servers.room, audience, few, size.spread)]);
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
      ...linesOf(names(sides), few, fewRuns),
      ...(many === null ? [] : linesOf(names(three), many, manyRuns)),
      { name: 'caught up, 99 of 100', unit: 'ms', figure: figureOf(back[0] ?? []) },
    ],
    versions: { workerd: workerdVersion(), ws: versionOf('ws'), 'socket.io': versionOf('socket.io') },
  };
}

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
    `stalled: ${STALLED} sockets more that never read, after 8 MB were sent to each;`,
    'caught up: all sockets are cut in mid-stream and come back within 5 s; from open to having everything.',
  ];
}
