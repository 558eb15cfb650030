// `npm run soak`: the photo tests with every case, hundreds of days at a venue, a whole evening's moderation,
// ten hours before every wall, a thousand uploads in bad weather, which takes longer than `npm test` may.
import { tool } from './support/processes.ts';

const SOAK = { MOMENTIQUE_SOAK: '1' };
const LANES = [
  { args: ['--project=photos'], env: SOAK },
  { args: ['--project=node', 'workers/thumbnailer/decoders/'], env: SOAK },
  { args: ['--project=room', 'workers/room/model.test.ts', 'workers/room/idle.test.ts'], env: SOAK },
  // All of the room's tests, each object evicted before each event.
  { args: ['--project=room'], env: { MOMENTIQUE_EVICTED: '1' } },
  // A gigabyte through the object of one upload.
  { args: ['--project=uploads', 'workers/uploads/receiving.test.ts'], env: SOAK },
  // Ten thousand uploads that one guest begins; an archive of more than 4 GiB.
  {
    args: [
      '--project=acceptance',
      'src/test/acceptance/uploads/many-open.test.ts',
      'src/test/acceptance/photos/large-archive.test.ts',
    ],
    env: SOAK,
  },
  { args: ['--project=console', 'src/test/browser/console/moderation-phone.test.ts'], env: SOAK },
  { args: ['--project=wall'], env: SOAK },
  // A thousand uploads in bad weather.
  { args: ['--project=faults', 'src/test/faults/storm.test.ts'], env: SOAK },
];

for (const { args, env } of LANES) {
  const done = await tool('vitest/vitest.mjs', ['run', ...args], { live: true, env });
  process.exitCode ||= done.code ?? 1;
}
