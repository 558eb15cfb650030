/** Moderation: the light table, the phone, albums, reports. */
export const desk = {} as const;
