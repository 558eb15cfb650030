import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Column, Table } from './catalogue.ts';

export type Row = Record<string, unknown>;

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const code = (length: number): string =>
  Array.from({ length }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');

/** Where the catalogue does not say enough, a value that is right: `table.column`. */
const overrides: Record<string, () => unknown> = {
  'tenant_domains.host': () => `${randomBytes(6).toString('hex')}.example.org`,
  'screen_pairings.code': () => code(6),
  'users.email': () => `${randomBytes(6).toString('hex')}@example.org`,
};

/** What a row must be besides where one of its keys is set, by the name of the key. */
export const alongside: Record<string, Row> = {
  events_rehearsal_of: { deleted_at: new Date(0), visibility: 'private' },
};

/** Values worth trying for a type, most telling first; CHECK constraints choose among them. */
function candidates(column: Column, literals: string[]): unknown[] {
  const text = randomBytes(8).toString('hex');
  if (column.type === 'uuid') return [randomUUID()];
  if (/^(?:smallint|integer|bigint|numeric|real|double)/.test(column.type)) return [randomInt(1, 30_000), 1, 0];
  if (/^(?:timestamp|date)/.test(column.type)) return [new Date()];
  if (column.type.startsWith('json')) return ['{}', '[]'];
  if (column.type === 'boolean') return [true, false];
  if (column.type === 'bytea') return [randomBytes(16), randomBytes(32)];
  if (column.type === 'inet') return ['192.0.2.1'];
  if (column.type.endsWith('[]')) return ['{}'];
  return [...literals, text, randomBytes(32).toString('hex'), `${text}@example.org`, 'https://example.org/'];
}

/** Makes rows that every constraint of the catalogue accepts. `client` arranges: a role that bypasses policies. */
export function rowMaker(client: ClientBase, tables: Map<string, Table>) {
  const quoted = (name: string) => client.escapeIdentifier(name);

  async function valueFor(table: Table, column: Column): Promise<unknown> {
    const override = overrides[`${table.name}.${column.name}`];
    if (override) return override();
    const checks = table.checks.filter(({ columns }) => columns.length === 1 && columns[0] === column.name);
    const literals = checks.flatMap(({ expression }) =>
      [...expression.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? ''),
    );
    for (const value of candidates(column, literals)) {
      const all = checks.map(({ expression }) => `(${expression})`).join(' and ') || 'true';
      const { rows } = await client.query<{ ok: boolean }>(
        `select ${all} as ok from (select $1::${column.type} as ${quoted(column.name)}) one`,
        [value],
      );
      if (rows[0]?.ok) return value;
    }
    throw new Error(
      `No value for ${table.name}.${column.name} (${column.type}) is known: add one to overrides in rows.ts.`,
    );
  }

  /**
   * Values of a valid new row of `name` for a tenant. Its parents are inserted; the row itself is not.
   * @param chain parents of the same row, so that two keys to one table agree
   */
  async function valuesFor(name: string, tenantId: string, chain = new Map<string, Row>()): Promise<Row> {
    const table = tables.get(name);
    if (!table) throw new Error(`There is no table ${name}.`);
    const row: Row = name === 'tenants' ? { id: tenantId } : {};
    if (table.columns.some((column) => column.name === 'tenant_id')) row.tenant_id = tenantId;
    // Narrow keys first: what they decide, a wider key to another table takes over.
    for (const key of table.foreignKeys.toSorted((a, b) => a.columns.length - b.columns.length)) {
      const optional = key.columns.every(
        (column) => column === 'tenant_id' || !table.columns.find((c) => c.name === column)?.required,
      );
      if ((optional && key.columns.length > 1) || key.parent === name) continue;
      const parent = chain.get(key.parent) ?? (await parentFor(key.parent, tenantId, chain));
      key.columns.forEach((column, place) => (row[column] = parent[key.parentColumns[place] ?? '']));
    }
    for (const column of table.columns) {
      if (column.name in row || !column.required) continue;
      const inKey = table.primaryKey.includes(column.name) && column.type === 'uuid';
      if (!column.made || inKey) row[column.name] = await valueFor(table, column);
    }
    return row;
  }

  async function parentFor(name: string, tenantId: string, chain: Map<string, Row>): Promise<Row> {
    if (name === 'tenants') {
      const { rows } = await client.query<Row>('select * from tenants where id = $1', [tenantId]);
      if (rows[0]) return rows[0];
    }
    const row = await insert(client, name, await valuesFor(name, tenantId, chain));
    chain.set(name, row);
    return row;
  }

  /** Inserts the row as whoever `as` is. @returns the row with its defaults */
  async function insert(as: ClientBase, name: string, row: Row): Promise<Row> {
    const { text, values } = insertStatement(name, row);
    const { rows } = await as.query<Row>(`${text} returning *`, values);
    return rows[0] ?? {};
  }

  return {
    valuesFor,
    insert,
    plant: async (name: string, tenantId: string) => insert(client, name, await valuesFor(name, tenantId)),
  };
}

export function insertStatement(name: string, row: Row): { text: string; values: unknown[] } {
  const columns = Object.keys(row);
  return {
    text: `insert into "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    values: Object.values(row),
  };
}
