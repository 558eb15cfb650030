import type { site as en } from '../en/site.ts';
import type { Translated } from '../shape.ts';

export const site: Translated<typeof en> = {
  notFound: 'Il n’y a rien ici',
  notFoundText: 'Il n’y a rien à cette adresse. Vérifiez le lien ou scannez le code encore une fois.',
  pending: 'Pas encore actif',
  pendingText: '{tenant} est en cours d’installation. Revenez un peu plus tard.',
  inactive: 'En pause',
  inactiveText: '{tenant} n’est pas actif pour le moment. Rien n’est perdu.',
  suspended: 'Indisponible',
  suspendedText:
    '{tenant} n’est pas disponible pour le moment. Rien n’est perdu\u00a0; l’organisateur peut vous en dire plus.',
  archived: 'Fermé',
  archivedText: '{tenant} a fermé.',
  events: 'Événements',
  noEvents: 'Aucun événement ouvert',
  noEventsText: 'Dès qu’un événement vous attend, il apparaît ici.',
  withPin: 'avec code PIN',
  home: 'Vers la page d’accueil',
  errorTitle: 'Cela n’a pas marché',
  language: 'Langue',
  staff: 'Pour l’équipe',
  imprint: 'Mentions légales',
  privacy: 'Confidentialité',
  support: 'Aide par e-mail',
  legal: 'À propos de ce site',
};
