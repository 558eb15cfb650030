import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Dieses Foto ist beschädigt und lässt sich nicht öffnen.',
  'photo.unsupported_type': 'Nur Fotos als JPEG, PNG oder WebP können gezeigt werden.',
  'photo.too_many_pixels': 'Dieses Foto hat mehr als 12 Megapixel. Bitte eine kleinere Fassung senden.',
  'photo.missing': 'Dieses Foto kam nicht vollständig an. Bitte noch einmal senden.',
  'photo.no_preview':
    'Diese Datei lässt sich hier nicht anzeigen, und ein Vorschaubild ist nicht angekommen. Lass die Seite offen, bis alles gesendet ist, oder sende das Foto als JPEG.',
  'photo.unprocessable':
    'Dieses Foto konnte nicht vorbereitet werden. Bitte noch einmal senden oder ein anderes nehmen.',
};
