import type { cards as en } from '../en/cards.ts';
import type { Translated } from '../shape.ts';

export const cards: Translated<typeof en> = {
  headline: 'Teil deine Fotos mit uns',
  text: 'Handykamera auf den Code halten, Fotos auswählen, fertig. Ohne App, ohne Anmeldung.',
  table: 'Tisch {label}',
  pin: 'PIN',
  wifi: 'WLAN',
  password: 'Passwort',
};
