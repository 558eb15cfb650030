import * as z from 'zod';
import { PUBLISH_MAX_MESSAGES, roomMessageSchema, screenNudgeSchema } from '../../../src/contract/live.ts';

export const messagesSchema = z.array(roomMessageSchema).max(PUBLISH_MAX_MESSAGES);
export const nudgesSchema = z.array(screenNudgeSchema).max(100);

/**
 * Validates what the gateway hands over, whole: a batch with one bad message changes nothing.
 * @throws TypeError that names the place and the rule, and repeats nothing of the contents.
 */
export function parseArgument<Value>(schema: z.ZodType<Value>, argument: unknown): Value {
  const parsed = schema.safeParse(argument);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TypeError(`room argument refused at ${issue?.path.join('.') || 'the list'}: ${issue?.code ?? 'invalid'}`);
}
