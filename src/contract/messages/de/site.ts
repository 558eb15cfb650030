import type { site as en } from '../en/site.ts';
import type { Translated } from '../shape.ts';

export const site: Translated<typeof en> = {
  notFound: 'Hier ist nichts',
  notFoundText: 'Unter dieser Adresse gibt es nichts. Bitte den Link prüfen oder den Code noch einmal scannen.',
  pending: 'Noch nicht aktiv',
  pendingText: '{tenant} wird gerade eingerichtet. Bitte etwas später wiederkommen.',
  inactive: 'Macht Pause',
  inactiveText: '{tenant} ist gerade nicht aktiv. Nichts ist verloren.',
  suspended: 'Nicht verfügbar',
  suspendedText: '{tenant} ist gerade nicht verfügbar. Nichts ist verloren; der Veranstalter weiß mehr.',
  archived: 'Geschlossen',
  archivedText: '{tenant} wurde geschlossen.',
  events: 'Veranstaltungen',
  noEvents: 'Keine offenen Veranstaltungen',
  noEventsText: 'Sobald man irgendwo mitmachen kann, erscheint es hier.',
  withPin: 'mit PIN',
  home: 'Zur Startseite',
  errorTitle: 'Das hat nicht geklappt',
  language: 'Sprache',
  staff: 'Für das Team',
  imprint: 'Impressum',
  privacy: 'Datenschutz',
  support: 'Hilfe per E-Mail',
  legal: 'Über diese Seite',
};
