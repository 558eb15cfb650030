import { describe, expect, it } from 'vitest';
import { shortForm } from '../../support/soak.ts';
import { setup } from '../setup.ts';
import { TV } from './television.ts';

const { atAcme } = setup();
/** The one with most to do comes first. */
const LAYOUTS = ['mosaic', 'full', 'polaroid', 'spotlight', 'split'] as const;
const SLOWDOWN = 4;
const TASK_MS = 50;
const WATCHED_MS = 9_500;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** microseconds of processor time */
  tdur?: number;
  args?: { name?: string };
}

/** Tasks of the pages' main threads, in milliseconds of processor time: what else the machine does is not counted. */
function mainTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}.${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.has(`${pid}.${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

describe('on a television with a quarter of the speed', () => {
  it.each(shortForm(LAYOUTS, 1))('%s has no task over 50 ms while photos come and go', async (layout) => {
    const page = await atAcme(`/e/launch-party/wall?layout=${layout}&seconds=4`, { viewport: TV });
    await page.locator('.layout-shown img').first().waitFor();
    await page.waitForLoadState('networkidle');
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    const browser = page.context().browser()!;
    await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-lighthouse', '__metadata'] });
    // Two photos at least have changed by then: this is about what happens, not about a state to wait for.
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), WATCHED_MS);
    const tasks = mainTasks(await browser.stopTracing());
    expect(tasks.length).toBeGreaterThan(50);
    const longest = Math.max(...tasks);
    console.log(`${layout}: ${tasks.length} tasks, the longest ${longest.toFixed(1)} ms at ${SLOWDOWN}×`);
    expect(longest).toBeLessThan(TASK_MS);
  });
});
