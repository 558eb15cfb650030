import type { cards as en } from '../en/cards.ts';
import type { Translated } from '../shape.ts';

export const cards: Translated<typeof en> = {
  headline: 'Partagez vos photos',
  text: 'Visez le code avec l’appareil photo de votre téléphone et choisissez vos photos. Sans appli ni compte.',
  table: 'Table {label}',
  pin: 'PIN',
  wifi: 'Wi-Fi',
  password: 'Mot de passe',
};
