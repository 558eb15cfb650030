/** The tenant's own page, its look and the design system. */
export const look = {} as const;
