import { timestamp } from 'drizzle-orm/pg-core';

/** A point in time, as every table stores it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The two columns that every table has; a trigger keeps `updated_at`. */
export const stamps = {
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
};
