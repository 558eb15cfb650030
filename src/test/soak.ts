// `npm run soak`: the photo tests with every case, which takes longer than `npm test` may.
import { tool } from './support/processes.ts';

const done = await tool('vitest/vitest.mjs', ['run', '--project=photos'], {
  live: true,
  env: { MOMENTIQUE_SOAK: '1' },
});
process.exitCode = done.code ?? 1;
