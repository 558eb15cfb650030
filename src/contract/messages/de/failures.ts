import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Dieses Foto ist beschädigt und lässt sich nicht öffnen.',
  'photo.unsupported_type': 'Diese Art von Datei lässt sich hier nicht zeigen.',
  'photo.too_many_pixels':
    'Dieses Foto hat mehr Pixel, als sich hier zeigen lassen. Bitte eine kleinere Fassung senden.',
  'photo.missing': 'Dieses Foto kam nicht vollständig an. Bitte noch einmal senden.',
  'photo.no_preview':
    'Diese Datei lässt sich hier nur mit einem Vorschaubild zeigen, und es kam keines an. Wähle sie noch einmal aus und lass die Seite offen, bis sie gesendet ist, oder sende sie als JPEG. Das Original ist beim Gastgeber.',
  'photo.unprocessable':
    'Dieses Foto konnte nicht vorbereitet werden. Bitte noch einmal senden oder ein anderes nehmen.',
};
