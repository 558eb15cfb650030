import type { WebpConfig } from './encoder.ts';

/** What libwebp presets for photographs of any kind (`WebPConfigInit`), in its own names. */
export const webpConfig = (quality: number, method: number): WebpConfig => ({
  quality,
  method,
  segments: 4,
  sns_strength: 50,
  filter_strength: 60,
  filter_type: 1,
  alpha_compression: 1,
  alpha_filtering: 1,
  alpha_quality: 100,
  pass: 1,
  near_lossless: 100,
});
