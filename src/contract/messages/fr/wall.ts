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
  pairTitle: 'Associer cet écran',
  pairText: 'Ouvrez Écrans dans la console et saisissez ce code, ou scannez le carré avec un téléphone connecté.',
  pairOffline: 'En attente du réseau',
  pairWaits: 'Un instant, s’il vous plaît',
  linkOver: 'Ce lien a déjà servi ou a expiré. Associez l’écran avec un code :',
  linkOverPaired: 'Ce lien a déjà servi ou a expiré. Cet écran continue comme avant.',
  noEvent: 'Prêt. Choisissez un événement pour cet écran dans la console.',
  rehearsalGuest: 'Invité de répétition {number}',
  checkEdges:
    'Les trois cadres doivent être visibles. S’il en manque un, réglez la marge de cet écran dans la console.',
  checkPicture: 'Image',
  checkBrowser: 'Navigateur',
  checkStorage: 'Stockage',
  checkSocket: 'Connexion',
  checkClock: 'Horloge',
};
