/** Where a logo is served from: named by its content, so that it may be kept for ever. */
export const LOGO_PATH = /^\/brand\/([0-9a-f]{64})\.(png|jpg|webp)$/;
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'];
export const LOGO_MAX_BYTES = 1_000_000;
export const LOGO_MAX_SIDE_PIXELS = 2_000;
