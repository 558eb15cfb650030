import type { wall as en } from '../en/wall.ts';
import type { Translated } from '../shape.ts';

export const wall: Translated<typeof en> = {
  scan: 'Escanea y participa',
  first: 'Empieza tú',
  firstText: 'Escanea el código y añade una foto. Aparecerá aquí mismo.',
  offline: 'Sin conexión',
  heldTitle: 'Una pequeña pausa',
  heldText: 'Las fotos vuelven enseguida.',
  open: 'Fotos de {event}',
  photoCall: '¡Foto ya!',
  photoCallText: 'Todo el mundo: una foto, ¡ahora mismo!',
};
