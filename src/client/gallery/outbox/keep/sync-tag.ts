/** Names the wish to send in the background, and what tabs and workers tell each other through. */
export const SYNC_TAG = 'momentique-outbox';
