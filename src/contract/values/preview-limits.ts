/*
 * Limits of the picture that stands for a file which is not decoded here: the browser that makes it and the server
 * that judges it share them. Apart from the schemas, which no guest's page needs.
 */
export const PREVIEW_MAX_BYTES = 4_000_000;
export const PREVIEW_MAX_SIDE_PIXELS = 2_048;
