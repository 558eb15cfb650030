import * as z from 'zod';

/**
 * One line that a person types: a name, a label. Control characters (line breaks, NUL, which PostgreSQL
 * refuses) are not text; emoji, accents and the marks of right-to-left writing are.
 * @param max UTF-16 units, after trimming
 */
export const lineSchema = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'must be one line without control characters');
