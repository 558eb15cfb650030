// `npm run soak`: the photo tests with every case, hundreds of days at a venue, a whole evening's moderation,
// ten hours before every wall, which takes longer than `npm test` may.
import { tool } from './support/processes.ts';

const LANES = [
  ['--project=photos'],
  ['--project=node', 'workers/thumbnailer/decoders/'],
  ['--project=room', 'workers/room/model.test.ts'],
  ['--project=console', 'src/test/browser/console/moderation-phone.test.ts'],
  ['--project=wall'],
];

for (const lane of LANES) {
  const done = await tool('vitest/vitest.mjs', ['run', ...lane], { live: true, env: { MOMENTIQUE_SOAK: '1' } });
  process.exitCode ||= done.code ?? 1;
}
