import type { wall as en } from '../en/wall.ts';
import type { Translated } from '../shape.ts';

export const wall: Translated<typeof en> = {
  scan: 'Scannez pour participer',
  first: 'Soyez les premiers',
  firstText: 'Scannez le code et ajoutez une photo. Elle apparaîtra ici même.',
  offline: 'Pas de connexion',
  heldTitle: 'Une petite pause',
  heldText: 'Les photos reviennent dans un instant.',
  open: 'Photos de {event}',
  photoCall: 'Appel photo',
  photoCallText: 'Tout le monde : une photo, maintenant !',
};
