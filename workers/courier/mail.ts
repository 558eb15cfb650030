import { mailJobSchema } from '../../src/contract/jobs.ts';
import type { Services } from '../../src/domain/context.ts';

const TIMEOUT_MS = 10_000;
const backoffSeconds = (attempts: number): number => Math.min(30 * 2 ** (attempts - 1), 3600);

/**
 * Hands one mail to the provider (Resend-compatible: `POST {url}/emails`). Its `Idempotency-Key` makes
 * a second delivery of the same job no second mail.
 */
async function deliver(services: Services, body: unknown): Promise<'sent' | 'later' | 'off'> {
  const mail = mailJobSchema.parse(body);
  const { MAIL_API_URL, MAIL_API_KEY, MAIL_FROM } = services.config;
  if (!MAIL_API_URL) return 'off';
  const response = await fetch(`${MAIL_API_URL}/emails`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${MAIL_API_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': mail.key,
    },
    body: JSON.stringify({ from: MAIL_FROM, to: [mail.to], subject: mail.subject, text: mail.text }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  return response.ok ? 'sent' : 'later';
}

export async function deliverBatch(services: Services, batch: MessageBatch): Promise<void> {
  for (const message of batch.messages) {
    const outcome = await deliver(services, message.body).catch(() => 'later' as const);
    if (outcome === 'later') message.retry({ delaySeconds: backoffSeconds(message.attempts) });
    else message.ack();
    if (outcome === 'off')
      console.warn(JSON.stringify({ at: 'mail', message: 'no mail provider is configured; a mail was dropped' }));
  }
}
