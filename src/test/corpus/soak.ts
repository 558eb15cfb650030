/** `npm run soak` takes every case; `npm test` the first few, which differ most. */
export const shortForm = <Case>(cases: readonly Case[], count: number): Case[] =>
  process.env['MOMENTIQUE_SOAK'] === '1' ? [...cases] : cases.slice(0, count);
