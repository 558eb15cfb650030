/** Team, helpers, guests, profile and sessions. */
export const people = {} as const;
