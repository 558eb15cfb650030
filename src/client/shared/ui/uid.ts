import { useState } from 'preact/hooks';

let last = 0;

/** An id that no other element of this page has. (`useId` counts anew in every root, and guests' pages have two.) */
export function useUid(): string {
  const [id] = useState(() => `u${(last += 1)}`);
  return id;
}
