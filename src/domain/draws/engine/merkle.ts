import { hashOf } from './bytes.ts';

/** The largest power of two below `size`, which is at least 2. */
const splitAt = (size: number): number => 2 ** (31 - Math.clz32(size - 1));

const above = (left: Uint8Array, right: Uint8Array): Uint8Array => hashOf(0x01, left, right);

/** Merkle tree hash over leaves that are hashes already; at least one. Source: RFC 9162, 2.1.1 */
export function merkleRoot(leaves: readonly Uint8Array[], from = 0, to = leaves.length): Uint8Array {
  const [only] = to - from === 1 ? [leaves[from]] : [];
  if (only) return only;
  if (to <= from) throw new RangeError('a tree has at least one leaf');
  const middle = from + splitAt(to - from);
  return above(merkleRoot(leaves, from, middle), merkleRoot(leaves, middle, to));
}

/** What joins a leaf to the root, from below upwards. Source: RFC 9162, 2.1.3.1 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let from = 0;
  let to = leaves.length;
  while (to - from > 1) {
    const middle = from + splitAt(to - from);
    if (index < middle) {
      path.push(merkleRoot(leaves, middle, to));
      to = middle;
    } else {
      path.push(merkleRoot(leaves, from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** The root that a leaf has by its path, null for a path of another length. Source: RFC 9162, 2.1.3.2 */
export function rootByInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!(index >= 0 && index < size)) return null;
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const step of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = above(step, root);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else root = above(root, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}
