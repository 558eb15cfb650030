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
  pairTitle: 'Diesen Bildschirm koppeln',
  pairText:
    'In der Konsole „Bildschirme“ öffnen und diesen Code eingeben, oder das Quadrat mit einem angemeldeten Telefon scannen.',
  pairOffline: 'Warten auf das Netz',
  pairWaits: 'Einen Moment bitte',
  linkOver: 'Dieser Link wurde schon benutzt oder ist abgelaufen. Stattdessen mit einem Code koppeln:',
  linkOverPaired: 'Dieser Link wurde schon benutzt oder ist abgelaufen. Dieser Bildschirm macht weiter wie bisher.',
  noEvent: 'Bereit. In der Konsole ein Event für diesen Bildschirm wählen.',
  rehearsalGuest: 'Probegast {number}',
  checkEdges:
    'Alle drei Rahmen sollten zu sehen sein. Fehlt einer, in der Konsole den Rand dieses Bildschirms einstellen.',
  checkPicture: 'Bild',
  checkBrowser: 'Browser',
  checkStorage: 'Speicher',
  checkSocket: 'Verbindung',
  checkClock: 'Uhr',
};
