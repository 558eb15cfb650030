/** What the host does for this module; the file's name is the import's module name. */

/** A segment that the host may want to keep: EXIF, an ICC profile. `at` is valid during the call only. */
export declare function segment(marker: i32, at: usize, bytes: i32): void;
