/** A photo of which less than this share of its rows could be read is called damaged; above it is shown as it is. */
export const PARTIAL_MIN_SHARE = 0.5;
