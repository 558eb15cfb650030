import type { Client, QueryArrayResult } from 'pg';
import * as z from 'zod';

/** Body of `POST /sql`: one statement, or several that are one transaction. */
const statementSchema = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) });
export const sqlBodySchema = z.union([z.object({ queries: z.array(statementSchema).min(1) }), statementSchema]);
export type Statement = z.infer<typeof statementSchema>;

/** How the headers ask for the answer. */
export interface AnswerShape {
  rawText: boolean;
  arrayMode: boolean;
}

export interface StatementAnswer {
  fields: unknown[];
  rows: unknown[];
  command: string;
  rowCount: number | null;
  rowAsArray: boolean;
}

const ISOLATION: Record<string, string> = {
  ReadUncommitted: 'read uncommitted',
  ReadCommitted: 'read committed',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
};

export class BadHeader extends Error {}

/** `BEGIN` with what the `Neon-Batch-*` headers ask for. @throws BadHeader for a value that is none of theirs. */
export function beginStatement(header: (name: string) => string | undefined): string {
  const isolation = header('neon-batch-isolation-level');
  const words = ['begin'];
  if (isolation !== undefined) {
    const level = ISOLATION[isolation];
    if (level === undefined) throw new BadHeader(`invalid Neon-Batch-Isolation-Level: ${isolation}`);
    words.push(`isolation level ${level}`);
  }
  for (const [name, yes, no] of [
    ['neon-batch-read-only', 'read only', 'read write'],
    ['neon-batch-deferrable', 'deferrable', 'not deferrable'],
  ] as const) {
    const value = header(name);
    if (value === undefined) continue;
    if (value !== 'true' && value !== 'false') throw new BadHeader(`invalid ${name}: ${value}`);
    words.push(value === 'true' ? yes : no);
  }
  return words.join(' ');
}

const asText = { getTypeParser: () => (value: unknown) => value };

/** Runs one statement by the extended protocol, which refuses two in one text, as the real endpoint does. */
export async function runStatement(client: Client, statement: Statement, shape: AnswerShape): Promise<StatementAnswer> {
  const config = {
    text: statement.query,
    values: statement.params,
    rowMode: 'array',
    types: asText,
    queryMode: 'extended',
  };
  const result = (await client.query(config as never)) as unknown as QueryArrayResult<(string | null)[]>;
  const fields = result.fields ?? [];
  const convert = fields.map((field) => (shape.rawText ? null : (TYPED[field.dataTypeID] ?? null)));
  const values = (result.rows ?? []).map((row) =>
    row.map((value, i) => (value === null ? null : (convert[i]?.(value) ?? value))),
  );
  return {
    fields,
    rows: shape.arrayMode
      ? values
      : values.map((row) => Object.fromEntries(row.map((value, i) => [fields[i]?.name ?? String(i), value]))),
    command: result.command,
    rowCount: result.rowCount,
    rowAsArray: shape.arrayMode,
  };
}

/** Without `Neon-Raw-Text-Output`: the types that JSON has too, by their object id; the rest stays text. */
const TYPED: Record<number, (text: string) => unknown> = {
  16: (text) => text === 't',
  21: Number,
  23: Number,
  26: Number,
  114: JSON.parse,
  700: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  701: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  3802: JSON.parse,
};

const ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/** A database error as the endpoint words it. */
export function errorBody(error: unknown): Record<string, unknown> {
  const source = error as Record<string, unknown>;
  const body: Record<string, unknown> = { message: error instanceof Error ? error.message : String(error) };
  for (const field of ERROR_FIELDS) body[field] = source[field] ?? null;
  return body;
}
