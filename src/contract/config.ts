import * as z from 'zod';
import { readReceiptKeys } from './receipt-keys.ts';

/**
 * Every variable and secret of the Workers. `.env.example`, the README's table and the start-up
 * errors are made from this one schema, so a variable is documented by existing.
 */
interface VariableFacts {
  doc: string;
  secret?: boolean;
  /** Where it is read, for the table. */
  local?: string;
}

const variable = <T extends z.ZodType>(schema: T, facts: VariableFacts): T => schema.meta({ ...facts }) as T;
const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const secret = (doc: string) => variable(z.string().min(32, 'must have at least 32 characters'), { doc, secret: true });

export const configSchema = z.object({
  DATABASE_URL: variable(z.url({ protocol: /^postgres(ql)?$/ }), {
    doc: 'Postgres as the role momentique_app, which owns nothing and cannot bypass row-level security',
    secret: true,
  }),
  STAFF_JWT_SECRET: secret('signs the access tokens of staff'),
  GUEST_JWT_SECRET: secret('signs guest sessions and live tickets'),
  RENDITION_KEY_SECRET: secret(
    'signs the addresses of renditions; addresses already given out stop working when it changes',
  ),
  RECEIPT_SIGNING_KEY: variable(
    z
      .string()
      .default('')
      .refine((text) => text === '' || readReceiptKeys(text) !== null, 'must be an Ed25519 JWK, or a set of such'),
    {
      doc: 'JWK (Ed25519) that signs receipts of erasure, or a set of which the first signs; the main Worker needs it',
      secret: true,
    },
  ),
  PLATFORM_HOST: variable(z.string().min(1), {
    doc: 'host under which tenants have their subdomain, with the port if it is not the usual one',
    local: 'localhost:8787',
  }),
  LOCAL_MODE: variable(z.enum(['0', '1']).default('0'), {
    doc: '1 only on one machine: index at the bare host, local ports',
  }),
  LOCAL_INDEX: variable(z.string().default(''), { doc: 'set by the local platform: what the index lists, as JSON' }),
  NEON_FETCH_ENDPOINT: variable(z.string().default(''), { doc: 'local mode: address of the Neon-compatible endpoint' }),
  NEON_WS_PROXY: variable(z.string().default(''), { doc: 'local mode: host, port and path of its WebSocket' }),
  JURISDICTIONS: variable(z.enum(['on', 'off']).default('on'), {
    doc: 'off only locally, where the runtime has none: rooms and buckets in the tenant’s jurisdiction',
    local: 'off',
  }),
  ACCESS_TOKEN_TTL_SECONDS: variable(seconds(900), { doc: 'life of an access token' }),
  REFRESH_TOKEN_TTL_SECONDS: variable(seconds(604_800), { doc: 'life of a refresh token' }),
  GUEST_SESSION_TTL_SECONDS: variable(seconds(2_592_000), { doc: 'life of a guest session' }),
  LOGIN_MAX_FAILURES: variable(z.coerce.number().int().min(3).default(10), {
    doc: 'wrong passwords before an account is locked',
  }),
  LOGIN_LOCK_SECONDS: variable(seconds(900), { doc: 'how long an account stays locked' }),
  PIN_MAX_FAILURES: variable(z.coerce.number().int().min(3).default(5), {
    doc: 'wrong PINs of one device before it must wait',
  }),
  PIN_WAIT_SECONDS: variable(seconds(60), { doc: 'how long that device waits' }),
  MAX_UPLOAD_BYTES: variable(z.coerce.number().int().positive().max(100_000_000).default(100_000_000), {
    doc: 'largest file in one request, in bytes; what each kind of photo may have at most is fixed and often less',
  }),
  MAX_RESUMABLE_BYTES: variable(z.coerce.number().int().positive().max(1_000_000_000).default(1_000_000_000), {
    doc: 'largest file of a resumable upload, in bytes, likewise',
  }),
  UPLOAD_TTL_SECONDS: variable(seconds(86_400), {
    doc: 'how long a resumable upload waits for its next byte, and its receipt is kept',
  }),
  RELAY_THRESHOLD: variable(z.coerce.number().int().min(1).max(30_000).default(8_000), {
    doc: 'sockets at an event’s room, beyond which viewers and guests are spread over relay rooms that take as many each',
  }),
  REQUEUE_AFTER_SECONDS: variable(seconds(300), {
    doc: 'age after which a photo still processing is queued again',
    local: '20',
  }),
  REPUBLISH_AFTER_SECONDS: variable(seconds(10), {
    doc: 'age after which a change that its room has not acknowledged is published again',
    local: '3',
  }),
  MAIL_API_URL: variable(z.string().default(''), {
    doc: 'mail provider with a Resend-compatible API; empty: no mail is sent',
  }),
  MAIL_API_KEY: variable(z.string().default(''), { doc: 'key for that provider', secret: true }),
  MAIL_FROM: variable(z.string().default('Momentique <no-reply@localhost>'), { doc: 'sender of mails' }),
});

export type Config = z.infer<typeof configSchema>;

/** Secrets that a deployment makes itself, once: `momentique key generate`. The others are given out by somebody. */
export const SELF_MADE_SECRETS = [
  'STAFF_JWT_SECRET',
  'GUEST_JWT_SECRET',
  'RENDITION_KEY_SECRET',
  'RECEIPT_SIGNING_KEY',
] as const satisfies (keyof Config)[];
export type SelfMadeSecret = (typeof SELF_MADE_SECRETS)[number];

/** Why nothing starts. @param problems by the variable's name; values are never repeated */
export function incompleteConfig(problems: [name: string, problem: string][]): Error {
  const lines = problems.map(([name, problem]) => `  ${name}: ${problem}`);
  const isOurs = problems.some(([name]) => SELF_MADE_SECRETS.some((secret) => secret === name));
  if (isOurs) lines.push('Secrets are made by `npx momentique key generate`.');
  return new Error(`The configuration is not complete:\n${lines.join('\n')}`);
}

/** Parses bindings into `Config`; the error names each variable and never repeats a value. */
export function parseConfig(source: unknown): Config {
  const parsed = configSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw incompleteConfig(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
}

export interface VariableRow {
  name: string;
  doc: string;
  secret: boolean;
  fallback: string | undefined;
  local: string | undefined;
}

/** The schema as rows, for `.env.example` and the README. */
export function describeConfig(): VariableRow[] {
  return Object.entries(configSchema.shape).map(([name, field]) => {
    const facts = (field as z.ZodType).meta() as unknown as VariableFacts;
    const parsed = (field as z.ZodType).safeParse(undefined);
    return {
      name,
      doc: facts.doc,
      secret: facts.secret ?? false,
      fallback: parsed.success ? String(parsed.data) : undefined,
      local: facts.local,
    };
  });
}
