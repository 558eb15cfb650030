import { idSchema } from '../../src/contract/ids.ts';
import { mailJobSchema, thumbnailJobSchema } from '../../src/contract/jobs.ts';
import type { Services } from '../../src/domain/context.ts';
import { park } from '../../src/domain/dead-letters.ts';

/** What a message is called in the table: its queue is not told, so it is read off its shape. */
function describeMessage(body: unknown): { queue: string; tenantId: string | null; body: unknown } {
  const thumbnail = thumbnailJobSchema.safeParse(body);
  if (thumbnail.success) return { queue: 'momentique-thumbnails', tenantId: thumbnail.data.tenantId, body };
  const mail = mailJobSchema.safeParse(body);
  // The words of a mail are nobody's business here; who it was for is enough to act on.
  if (mail.success) return { queue: 'momentique-mail', tenantId: null, body: { key: mail.data.key, to: mail.data.to } };
  const tenant = idSchema.safeParse((body as { tenantId?: unknown } | null)?.tenantId);
  return { queue: 'unknown', tenantId: tenant.success ? tenant.data : null, body };
}

/** Keeps each message in a table a person can list; one that cannot be kept now comes again. */
export async function parkBatch(services: Services, batch: MessageBatch): Promise<void> {
  for (const message of batch.messages) {
    const described = describeMessage(message.body);
    try {
      await park(services, { ...described, messageId: message.id, reason: 'every retry failed' });
      message.ack();
    } catch {
      message.retry({ delaySeconds: 60 });
    }
  }
}
