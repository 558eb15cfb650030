import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'Cette photo est abîmée et ne peut pas être ouverte.',
  'photo.unsupported_type': 'Ce type de fichier ne peut pas être affiché ici.',
  'photo.too_many_pixels': 'Cette photo a plus de pixels qu’on ne peut en afficher ici. Envoyez-la en plus petit.',
  'photo.missing': 'Cette photo n’est pas arrivée en entier. Envoyez-la encore une fois.',
  'photo.no_preview':
    'Ce fichier ne peut être affiché ici qu’avec un aperçu, et aucun n’est arrivé. Choisissez-le à nouveau et gardez la page ouverte jusqu’à la fin de l’envoi, ou envoyez-le en JPEG. L’hôte a bien reçu l’original.',
  'photo.unprocessable': 'Cette photo n’a pas pu être préparée. Renvoyez-la ou choisissez-en une autre.',
};
