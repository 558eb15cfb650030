import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Esta foto está dañada y no se puede abrir.',
  'photo.unsupported_type': 'Solo se pueden mostrar fotos JPEG, PNG y WebP.',
  'photo.too_many_pixels': 'Esta foto tiene más de 12 megapíxeles. Envía una versión más pequeña.',
  'photo.missing': 'Esta foto no llegó completa. Envíala otra vez.',
  'photo.no_preview':
    'Este archivo no se puede mostrar aquí y su vista previa no llegó. Deja la página abierta hasta que termine el envío o envía la foto en JPEG.',
  'photo.unprocessable': 'No se pudo preparar esta foto. Envíala otra vez o elige otra.',
};
