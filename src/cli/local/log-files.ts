import { closeSync, openSync, readSync, fstatSync } from 'node:fs';

const TAIL_BYTES = 64 * 1024;

/** The last `count` lines of a log, '' where there is none. */
export function tailLines(file: string, count: number): string {
  try {
    const fd = openSync(file, 'r');
    try {
      const size = fstatSync(fd).size;
      const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
      readSync(fd, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-count).join('\n');
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
