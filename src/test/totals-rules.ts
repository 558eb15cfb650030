/** What we read of the report that Vitest's JSON reporter writes. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export const emptyTotals: Readonly<Totals> = { passed: 0, failed: 0, skipped: 0 };

/**
 * Totals of one run. A file that could not be loaded has no tests, and an error outside any test
 * fails the run only: each counts as one failure, so that no failing run adds up to none.
 */
export function sumUp(report: VitestReport | undefined, exitCode: number): Totals {
  if (report === undefined) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
