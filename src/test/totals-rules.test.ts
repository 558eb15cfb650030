import { describe, expect, it } from 'vitest';
import { sumUp } from './totals-rules.ts';

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

describe('totals of a test run', () => {
  it('add what is skipped and what is still to do', () => {
    expect(sumUp(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
  });

  it('count a file that could not be loaded', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(sumUp(broken, 1).failed).toBe(1);
  });

  it('never hide a failing exit', () => {
    expect(sumUp(report, 1).failed).toBe(1);
    expect(sumUp(undefined, 124).failed).toBe(1);
  });
});
