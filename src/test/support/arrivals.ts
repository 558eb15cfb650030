import type { Client } from './http.ts';

/** What the host has of an event. @param headers of staff @returns SHA-256 of each original, sorted */
export async function originalsOf(client: Client, slug: string, headers: Record<string, string>): Promise<string[]> {
  const { items } = (await client(`/api/v1/photos?event=${slug}`, { headers })).json;
  const digests = (items as { id: string }[]).map(
    async ({ id }) => (await client(`/api/v1/photos/${id}`, { headers })).json.photo.sha256 as string,
  );
  return (await Promise.all(digests)).sort();
}
