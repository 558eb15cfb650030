/** An entropy-coded picture (RFC 9649, 3.6): the one that is being decoded. */
export class Coded {
  static width: i32 = 0;
  static pixels: i32 = 0;
  /** column and row of the next pixel */
  static column: i32 = 0;
  static row: i32 = 0;
  /** colours that were there before, by a hash of them; 0 when there is no such cache */
  static cache: usize = 0;
  static cacheBits: u32 = 0;
  /** a record for each block of the entropy picture, or a single one */
  static groups: usize = 0;
  static blockBits: i32 = 0;
  /** 0 when there is a single group */
  static blocksAcross: i32 = 0;
}
