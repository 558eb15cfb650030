import { parkDeadLetter } from '../db/doors.ts';
import type { Services } from './context.ts';

export interface DeadLetter {
  /** the queue's own id of the message: a repeat is kept once */
  messageId: string;
  queue: string;
  tenantId: string | null;
  body: unknown;
  reason: string;
}

/** Keeps a message that could not be worked on in a table that a person lists (`momentique photo dead-letters`). */
export const park = (services: Services, letter: DeadLetter): Promise<void> => parkDeadLetter(services.db, letter);
