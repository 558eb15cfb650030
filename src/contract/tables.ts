import * as z from 'zod';
import { TABLE_CODE, TABLE_CODE_MAX_CHARACTERS } from './table-codes.ts';

const tableCodeSchema = z
  .string()
  .max(TABLE_CODE_MAX_CHARACTERS)
  .regex(TABLE_CODE, 'must be lower-case letters, digits and hyphens')
  .describe('stands in the address of the table’s QR code: `?t=7`');

const tableSchema = z
  .strictObject({
    code: tableCodeSchema,
    label: z.string(),
    guests: z.int().describe('guests who came by this table’s code'),
    photos: z.int().describe('photos they have sent, in any status'),
  })
  .meta({ id: 'EventTable' });
export type EventTable = z.infer<typeof tableSchema>;

export const tableListSchema = z.strictObject({ items: z.array(tableSchema) });
export type TableList = z.infer<typeof tableListSchema>;

/** `POST /api/v1/events/{event}/tables`: the whole list, in its order. Labels are judged in `domain/table-rules.ts`. */
export const tablesRequestSchema = z.strictObject({
  tables: z.array(
    z.strictObject({
      label: z.string(),
      code: tableCodeSchema.optional().describe('absent: kept where the label is known, else made from it'),
    }),
  ),
});
export type TablesRequest = z.infer<typeof tablesRequestSchema>;
