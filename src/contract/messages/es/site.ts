import type { site as en } from '../en/site.ts';
import type { Translated } from '../shape.ts';

export const site: Translated<typeof en> = {
  notFound: 'Aquí no hay nada',
  notFoundText: 'No hay nada en esta dirección. Revisa el enlace o escanea el código otra vez.',
  pending: 'Todavía no está activo',
  pendingText: '{tenant} se está preparando. Vuelve un poco más tarde.',
  inactive: 'En pausa',
  inactiveText: '{tenant} no está activo en este momento. No se ha perdido nada.',
  suspended: 'No disponible',
  suspendedText: '{tenant} no está disponible en este momento. No se ha perdido nada; el organizador sabe más.',
  archived: 'Cerrado',
  archivedText: '{tenant} ha cerrado.',
  events: 'Eventos',
  noEvents: 'No hay eventos abiertos',
  noEventsText: 'Cuando haya un evento al que unirse, aparecerá aquí.',
  withPin: 'con PIN',
  home: 'Ir a la página de inicio',
  errorTitle: 'No ha funcionado',
  language: 'Idioma',
  staff: 'Para el equipo',
  imprint: 'Aviso legal',
  privacy: 'Privacidad',
  support: 'Ayuda por correo',
  legal: 'Sobre este sitio',
};
