import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Esta foto está dañada y no se puede abrir.',
  'photo.unsupported_type': 'Este tipo de archivo no se puede mostrar aquí.',
  'photo.too_many_pixels':
    'Esta foto tiene más píxeles de los que se pueden mostrar aquí. Envía una versión más pequeña.',
  'photo.missing': 'Esta foto no llegó completa. Envíala otra vez.',
  'photo.no_preview':
    'Este archivo solo se puede mostrar aquí con una vista previa, y no llegó ninguna. Elígelo otra vez y deja la página abierta hasta que termine el envío, o envíalo en JPEG. El anfitrión tiene el original.',
  'photo.unprocessable': 'No se pudo preparar esta foto. Envíala otra vez o elige otra.',
};
