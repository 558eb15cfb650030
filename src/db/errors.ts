/** The database could not be reached, or broke off: whether a COMMIT took effect is unknown. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database cannot be reached', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** A statement was refused. Carries no statement and no parameter, so that it may be logged. */
export class DatabaseRefusal extends Error {
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor(sqlState: string, constraint: string | undefined) {
    super(`the database refused a statement (${sqlState}${constraint ? `, ${constraint}` : ''})`);
    this.name = 'DatabaseRefusal';
    this.sqlState = sqlState;
    this.constraint = constraint;
  }
}

// Class 08 connection, 53 resources, 57P shutdown, 40 serialization and deadlock: all worth a repeat.
const TRANSIENT = /^(08|53|57P|40)/;

const fromDriver = (error: Error): boolean =>
  error.name === 'DrizzleQueryError' || error.constructor.name === 'DrizzleQueryError';

/** Whether two transactions were in each other's way, and this one was taken back whole: it may be made again. */
export function isConflict(error: unknown): boolean {
  const inner = error instanceof Error && fromDriver(error) ? error.cause : error;
  const code = (inner as { code?: unknown } | null | undefined)?.code;
  return code === '40P01' || code === '40001';
}

/**
 * Makes a driver's error into ours. `DrizzleQueryError.message` contains parameters and is dropped.
 * What is neither (a DomainError thrown inside a transaction) passes through unchanged.
 */
export function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof DatabaseRefusal || error instanceof DatabaseUnavailable) return error;
  const isDrivers = fromDriver(error);
  const inner = (isDrivers ? (error.cause ?? error) : error) as Error & {
    code?: unknown;
    constraint?: unknown;
    sourceError?: unknown;
  };
  const code = typeof inner.code === 'string' ? inner.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) {
    if (TRANSIENT.test(code)) return new DatabaseUnavailable(new Error(`SQLSTATE ${code}`));
    return new DatabaseRefusal(code, typeof inner.constraint === 'string' ? inner.constraint : undefined);
  }
  const isConnection =
    isDrivers ||
    inner.name === 'NeonDbError' ||
    /connect|socket|websocket|network|terminated|ECONN|fetch failed|closed/i.test(inner.message);
  return isConnection && error.name !== 'DomainError' && error.name !== 'PhotoFailure'
    ? new DatabaseUnavailable(error.name)
    : error;
}
