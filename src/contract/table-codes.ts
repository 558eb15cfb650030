/*
 * What stands in the address of a table's QR code. Apart from `tables.ts`, so that a guest's page that only
 * reads a code carries no schema library.
 */
export const TABLE_CODE_MAX_CHARACTERS = 32;
export const TABLE_CODE = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
/** Name of the parameter in a table's address: `/e/wedding?t=7`. */
export const TABLE_PARAMETER = 't';

/**
 * The table code of an address or a form. A card that was printed badly or typed wrongly must not keep
 * anybody out, so what is no code is no table and never an error.
 */
export function readTableCode(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const code = value.trim().toLowerCase();
  return TABLE_CODE.test(code) ? code : undefined;
}
