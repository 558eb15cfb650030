import { TABLE_PARAMETER } from '../../../contract/table-codes.ts';

/** What a code leads to: the event's page, at a table or for everybody. */
export const linkOf = (slug: string, code: string | null): string =>
  `${location.origin}/e/${slug}${code === null ? '' : `?${TABLE_PARAMETER}=${code}`}`;
