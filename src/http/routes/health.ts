import { json } from '../answers.ts';
import { VERSION } from '../version.ts';

/** `GET /healthz`, at any host and without any other part of the platform. */
export const healthResponse = (now: Date): Response => json({ ok: true, version: VERSION, time: now.toISOString() });
