/** QR codes, table cards and posters. */
export const share = {} as const;
