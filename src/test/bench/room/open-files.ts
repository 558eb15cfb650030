import process from 'node:process';

/** What a process has open beside its sockets. */
const OTHERS = 100;

/**
 * A server has one open file for each socket, and inherits how many it may have.
 * @throws Error that says what to do
 */
export function checkOpenFiles(sockets: number): void {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  const allowed = Number(userLimits?.open_files?.soft ?? 'unlimited');
  const needed = sockets + OTHERS;
  if (allowed < needed) {
    throw new Error(
      `${sockets} sockets need ${needed} open files and this shell allows ${allowed}: ulimit -n ${needed}`,
    );
  }
}
