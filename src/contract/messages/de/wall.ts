import type { wall as en } from '../en/wall.ts';
import type { Translated } from '../shape.ts';

export const wall: Translated<typeof en> = {
  scan: 'Scannen und mitmachen',
  first: 'Mach den Anfang',
  firstText: 'Scanne den Code und füge ein Foto hinzu. Es erscheint genau hier.',
  offline: 'Keine Verbindung',
  heldTitle: 'Kurze Pause',
  heldText: 'Die Fotos sind gleich wieder da.',
  open: 'Fotos von {event}',
  photoCall: 'Foto-Alarm',
  photoCallText: 'Alle zusammen: jetzt ein Foto!',
};
