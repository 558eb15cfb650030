/** Events in the console: the list, setting one up, its home and its settings. */
export const events = {} as const;
