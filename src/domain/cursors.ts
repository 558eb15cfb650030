import * as z from 'zod';
import type { ListPosition } from '../db/events.ts';
import { idSchema } from '../contract/ids.ts';
import { DomainError } from './errors.ts';

const positionSchema = z.tuple([
  z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:?\d{2})?$/),
  idSchema,
]);

const toBase64Url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const fromBase64Url = (text: string): string => atob(text.replaceAll('-', '+').replaceAll('_', '/'));

/** An opaque cursor for the position after a row; `at` is the database's own text of a time. */
export const encodeCursor = (position: ListPosition): string => toBase64Url(JSON.stringify([position.at, position.id]));

/** @throws DomainError request.invalid for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string | undefined): ListPosition | null {
  if (cursor === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(fromBase64Url(cursor));
  } catch {
    parsed = null;
  }
  const position = positionSchema.safeParse(parsed);
  if (!position.success || Number.isNaN(Date.parse(position.data[0].replace(' ', 'T').slice(0, 19) + 'Z'))) {
    throw new DomainError('request.invalid', 'This cursor is not one of ours. Start again without it.', {
      fields: [{ path: 'cursor', message: 'must be a nextCursor of this list' }],
    });
  }
  return { at: position.data[0], id: position.data[1] };
}

/** Cuts a list read with one row too many into a page and the cursor for the next one. */
export function toPage<T>(
  rows: T[],
  limit: number,
  position: (row: T) => ListPosition,
): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(position(last)) : null };
}
