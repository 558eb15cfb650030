import type { TestProject } from 'vitest/node';
import { startPostgres } from '../support/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    superuserUrl: string;
    ownerUrl: string;
    appUrl: string;
  }
}

/** One server for the whole suite; each file works in tenants of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startPostgres();
  project.provide('superuserUrl', database.superuserUrl);
  project.provide('ownerUrl', database.ownerUrl);
  project.provide('appUrl', database.appUrl);
  return database.stop;
}
