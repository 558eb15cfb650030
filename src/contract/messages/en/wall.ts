/** The wall on a big screen. */
export const wall = {
  scan: 'Scan to add yours',
  first: 'Be the first',
  firstText: 'Scan the code and add a photo. It appears right here.',
  offline: 'No connection',
  heldTitle: 'A short break',
  heldText: 'The photos will be back in a moment.',
  open: 'Photos from {event}',
  photoCall: 'Photo call',
  photoCallText: 'Everybody: one photo, right now!',
} as const;
