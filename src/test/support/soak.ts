/** `npm run soak` takes every case; `npm test` the first few, which differ most. */
export const isSoak = process.env['MOMENTIQUE_SOAK'] === '1';

/** The cases that this run takes. */
export const shortForm = <Case>(cases: readonly Case[], count: number): Case[] =>
  isSoak ? [...cases] : cases.slice(0, count);
