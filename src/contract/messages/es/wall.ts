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
  pairTitle: 'Vincular esta pantalla',
  pairText:
    'Abrir Pantallas en la consola e introducir este código, o escanear el cuadrado con un teléfono que tenga la sesión iniciada.',
  pairOffline: 'Esperando la red',
  pairWaits: 'Un momento, por favor',
  linkOver: 'Este enlace ya se ha usado o ha caducado. Vincular la pantalla con un código:',
  linkOverPaired: 'Este enlace ya se ha usado o ha caducado. Esta pantalla sigue como antes.',
  noEvent: 'Lista. Elegir un evento para esta pantalla en la consola.',
  rehearsalGuest: 'Invitado de ensayo {number}',
  checkEdges: 'Deben verse los tres marcos. Si falta alguno, ajustar el borde de esta pantalla en la consola.',
  checkPicture: 'Imagen',
  checkBrowser: 'Navegador',
  checkStorage: 'Almacenamiento',
  checkSocket: 'Conexión',
  checkClock: 'Reloj',
};
