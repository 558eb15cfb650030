import { existsSync, globSync } from 'node:fs';
import { edgeProject } from './src/test/support/edge-project.ts';
import { photosProject } from './src/test/support/photos-project.ts';
import { pipelineProject } from './src/test/support/pipeline-project.ts';
import { uploadsProject } from './src/test/support/uploads-project.ts';
import { roomProject } from './src/test/support/room-project.ts';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

/** Long enough for a start of the whole platform on a busy machine with two cores. */
const PLATFORM_START_MS = 120_000;
/** A second of work takes many when other lanes of tests have the processors; how fast something is, `npm run bench` says. */
const BUSY_MS = 30_000;
/** And so does what is asked for until it is so. */
const patient = { expect: { poll: { timeout: BUSY_MS, interval: 100 } } };
/**
 * Files one after another in one process, which loads the browser's driver, the words and the schemas once. They share
 * a platform anyway, and no module of theirs keeps anything that another file could meet.
 */
const inTurn = { fileParallelism: false, isolate: false };

/** One running platform, with seed data, for all files of a project. */
const platformSetup = './src/test/support/platform-setup.ts';

const elsewhere = ['src/test/**', '**/*.edge.test.ts', '**/node_modules/**', '.*/**', 'dist/**'];

/** A Worker whose tests need a `main` of their own says so beside itself; paths are the project's. */
const workerProjects = ['thumbnailer', 'courier']
  .map((name) => ({ name, file: `./workers/${name}/vitest.config.ts` }))
  .filter(({ file }) => existsSync(new URL(file, import.meta.url)))
  .map(({ name, file }) => ({
    extends: file,
    root: import.meta.dirname,
    test: { name, exclude: ['**/*.node.test.ts', '**/node_modules/**'] },
  }));

/** What platform/ and http/ do in the real runtime. */
const edgeProjects = globSync('src/**/*.edge.test.ts').length > 0 ? [edgeProject()] : [];

const projects: TestProjectConfiguration[] = [
  {
    test: {
      name: 'node',
      include: [
        'src/**/*.test.{ts,tsx}',
        'workers/**/*.node.test.ts',
        'src/test/*.test.ts',
        'src/test/support/*.test.ts',
      ],
      exclude: [
        'src/test/{pipeline,rls,acceptance,faults,browser,bench,corpus,fuzz}/**',
        'src/cli/local/supervisor.test.ts',
        ...elsewhere.slice(1),
      ],
      testTimeout: BUSY_MS,
      // As apart from one another as processes are, for a quarter less of the processors.
      pool: 'threads',
    },
  },
  {
    // Starts and kills whole platforms: alone, or it measures the others.
    test: {
      name: 'local',
      include: ['src/cli/local/supervisor.test.ts'],
      testTimeout: 90_000,
      hookTimeout: PLATFORM_START_MS,
      pool: 'forks',
    },
  },
  ...workerProjects,
  roomProject(process.env['MOMENTIQUE_EVICTED'] === '1' ? 'all' : 'no'),
  roomProject('some'),
  ...edgeProjects,
  pipelineProject(),
  uploadsProject(),
  photosProject(),
  {
    test: {
      name: 'rls',
      include: ['src/test/rls/**/*.test.ts'],
      globalSetup: './src/test/rls/global-setup.ts',
      testTimeout: 30_000,
      hookTimeout: PLATFORM_START_MS,
    },
  },
  {
    test: {
      name: 'acceptance',
      ...patient,
      include: ['src/test/acceptance/**/*.test.ts'],
      globalSetup: platformSetup,
      testTimeout: 60_000,
      hookTimeout: PLATFORM_START_MS,
      ...inTurn,
    },
  },
  // Starts, breaks and kills platforms of its own.
  {
    test: {
      name: 'faults',
      ...patient,
      include: ['src/test/faults/*.test.ts'],
      testTimeout: 60_000,
      hookTimeout: PLATFORM_START_MS,
    },
  },
  { test: { name: 'bench', include: ['src/test/bench/*.test.ts'], testTimeout: 60_000 } },
  ...['guest', 'console', 'languages', 'wall'].map((pages) => ({
    test: {
      name: pages,
      ...patient,
      include: [`src/test/browser/${pages}/*.test.ts`],
      globalSetup: platformSetup,
      testTimeout: 90_000,
      hookTimeout: PLATFORM_START_MS,
      ...inTurn,
    },
  })),
];

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects,
    coverage: { provider: 'istanbul', include: ['src/**', 'workers/**'], exclude: ['src/test/**'] },
  },
});
