import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Cette photo est abîmée et ne peut pas être ouverte.',
  'photo.unsupported_type': 'Seules les photos JPEG, PNG et WebP peuvent être affichées.',
  'photo.too_many_pixels': 'Cette photo dépasse 12 mégapixels. Envoyez-la en plus petit.',
  'photo.missing': 'Cette photo n’est pas arrivée en entier. Envoyez-la encore une fois.',
  'photo.no_preview':
    'Ce fichier ne peut pas être affiché ici et son aperçu n’est pas arrivé. Gardez la page ouverte jusqu’à la fin de l’envoi, ou envoyez la photo en JPEG.',
  'photo.unprocessable': 'Cette photo n’a pas pu être préparée. Renvoyez-la ou choisissez-en une autre.',
};
