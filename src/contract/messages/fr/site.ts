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
  receipt: 'Reçu d’effacement',
  receiptText:
    'Toute personne qui se fait effacer d’un événement reçoit un reçu. Collez-le ici pour savoir s’il est authentique et ce qu’il atteste.',
  receiptField: 'Reçu',
  receiptCheck: 'Vérifier le reçu',
  receiptValid: 'Ce reçu est authentique',
  receiptValidText: 'Il a été délivré par {tenant} et n’a pas été modifié depuis.',
  receiptInvalid: 'Ce reçu ne peut pas être confirmé',
  receiptInvalidText:
    'Il est incomplet, a été modifié ou vient d’ailleurs. Collez-le en entier, à l’adresse où il a été délivré.',
  receiptEvent: 'Événement',
  receiptErasedAt: 'Effacé',
  receiptPhotos: 'Photos et vidéos',
  receiptReactions: 'Réactions',
  receiptRequests: 'Demandes à l’organisateur',
  receiptNumber: 'Numéro',
  receiptFilesGone: 'Tous les fichiers ont été supprimés du stockage.',
  receiptFilesLeft: {
    one: 'Les fichiers de {count} photo sont encore en cours de suppression. Cela prend généralement moins d’une heure.',
    other:
      'Les fichiers de {count} photos sont encore en cours de suppression. Cela prend généralement moins d’une heure.',
  },
  receiptProof: 'Chacun peut vérifier la signature (EdDSA) avec nos clés publiques :',
  receiptAnother: 'Vérifier un autre reçu',
};
