import type { cards as en } from '../en/cards.ts';
import type { Translated } from '../shape.ts';

export const cards: Translated<typeof en> = {
  headline: 'Comparte tus fotos',
  text: 'Apunta la cámara del móvil al código y elige tus fotos. Sin app ni cuenta.',
  table: 'Mesa {label}',
  pin: 'PIN',
  wifi: 'Wi-Fi',
  password: 'Contraseña',
};
