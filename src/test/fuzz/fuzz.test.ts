import { describe, expect, it } from 'vitest';
import { runCampaign } from './campaign.ts';
import { mutator } from './mutations.ts';
import { TARGETS } from './targets.ts';
import { whole } from './walks.ts';

const INPUTS = 300;

describe('a short fuzz run', () => {
  it.each(Object.keys(TARGETS))('finds nothing in: %s', async (decoder) => {
    const report = await runCampaign({ decoder, inputs: INPUTS, seed: 1, lanes: 1 });
    expect(report.findings).toEqual([]);
    expect(report.done).toBe(INPUTS);
    // Mutants that nobody reads would say nothing.
    expect(report.read).toBeGreaterThan(INPUTS / 50);
  });
});

describe('a mutant', () => {
  it('is the same for the same number, and another for another', () => {
    const seeds = [new Uint8Array(200).fill(7), new Uint8Array(300).fill(9)];
    const [one, again, other] = [mutator(seeds, whole, 1), mutator(seeds, whole, 1), mutator(seeds, whole, 2)];
    for (let input = 0; input < 200; input += 1) expect(one(input)).toEqual(again(input));
    const differ = Array.from(
      { length: 200 },
      (_none, input) => String(one(input).bytes) !== String(other(input).bytes),
    );
    expect(differ.filter(Boolean).length).toBeGreaterThan(150);
  });
});

describe('the guards behind what is reserved', () => {
  it('tell of a single byte that was written too far', async () => {
    const { guardedPixels } = await import('./guarded-pixels.ts');
    const env = { abort: () => undefined, segment: () => undefined };
    const { exports } = new WebAssembly.Instance(await guardedPixels(), { env });
    const { memory, reserve, brokenGuard } = exports as unknown as {
      memory: WebAssembly.Memory;
      reserve(bytes: number): number;
      brokenGuard(): number;
    };
    const at = reserve(100);
    new Uint8Array(memory.buffer, at, 100).fill(1);
    expect(brokenGuard()).toBe(0);
    new Uint8Array(memory.buffer)[at + 100] = 1;
    expect(brokenGuard()).toBe(at + 100);
  });
});
