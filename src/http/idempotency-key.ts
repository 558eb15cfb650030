import { idempotencyKeySchema } from '../contract/photos.ts';
import { DomainError } from '../domain/errors.ts';

/** @throws DomainError request.invalid */
export function readIdempotencyKey(request: Request): string | null {
  const header = request.headers.get('idempotency-key');
  if (header === null) return null;
  const key = idempotencyKeySchema.safeParse(header);
  if (key.success) return key.data;
  throw new DomainError('request.invalid', 'Idempotency-Key must be 1 to 200 printable characters.', {
    fields: [{ path: 'header.idempotency-key', message: 'must be 1 to 200 printable characters' }],
  });
}
