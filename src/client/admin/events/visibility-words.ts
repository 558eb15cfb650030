/** Who may come in, as keys of the words of events. */
export const VISIBILITY_WORDS = { public: 'seenByAll', pin: 'seenWithPin', private: 'seenByTeam' } as const;
