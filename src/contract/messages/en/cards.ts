/** What stands on printed cards and posters, in the languages of the guests and not of whoever prints. */
export const cards = {
  headline: 'Share your photos',
  text: 'Point your phone’s camera at the code and choose your photos. No app, no account.',
  table: 'Table {label}',
  pin: 'PIN',
  wifi: 'Wi-Fi',
  password: 'Password',
} as const;
