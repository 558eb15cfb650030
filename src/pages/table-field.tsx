import { TABLE_PARAMETER } from '../contract/table-codes.ts';

/**
 * Hands the table of the address on with a plain form. With the page's script it is read from the address
 * itself, so that nothing else on a page depends on which card a guest has scanned.
 */
export const TableField = ({ code }: { code: string | undefined }) =>
  code === undefined ? null : <input type="hidden" name={TABLE_PARAMETER} value={code} />;

/** A path with parameters; what is undefined is left out. */
export function addressOf(path: string, parameters: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return `${path}${text && '?'}${text}`;
}

export interface GalleryParameters {
  album?: string | undefined;
  cursor?: string | undefined;
  lang?: string | undefined;
  t?: string | undefined;
}

export const galleryPath = (slug: string, parameters: GalleryParameters = {}): string =>
  addressOf(`/e/${slug}`, { ...parameters });
