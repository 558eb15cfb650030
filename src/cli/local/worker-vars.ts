import type { Secrets } from './data-dir.ts';

/** The Workers' variables on this machine (`src/contract/config.ts` says what each is). */
export function workerVars(input: {
  secrets: Secrets;
  port: number;
  endpointPort: number;
  mailUrl: string;
  databaseUrl: string;
  localIndex: unknown;
  extra: Record<string, string>;
}): Record<string, string> {
  const { secrets } = input;
  return {
    DATABASE_URL: input.databaseUrl,
    STAFF_JWT_SECRET: secrets.staffJwt,
    GUEST_JWT_SECRET: secrets.guestJwt,
    RENDITION_KEY_SECRET: secrets.renditionKey,
    RECEIPT_SIGNING_KEY: secrets.receiptKey,
    PLATFORM_HOST: `localhost:${input.port}`,
    LOCAL_MODE: '1',
    LOCAL_INDEX: JSON.stringify(input.localIndex),
    NEON_FETCH_ENDPOINT: `http://127.0.0.1:${input.endpointPort}/sql`,
    NEON_WS_PROXY: `127.0.0.1:${input.endpointPort}/v2`,
    JURISDICTIONS: 'off',
    MAIL_API_URL: input.mailUrl.replace('localhost', '127.0.0.1'),
    MAIL_API_KEY: secrets.mailApiKey,
    ...input.extra,
  };
}
