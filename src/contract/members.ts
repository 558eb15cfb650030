import * as z from 'zod';
import { ROLES } from './auth.ts';
import { cursorSchema, idSchema, limitSchema, timeSchema } from './ids.ts';

/** `invited` has not answered yet; `suspended` keeps its role and may do nothing. */
export const MEMBER_STATUSES = ['active', 'invited', 'suspended'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export const memberSchema = z
  .strictObject({
    id: idSchema.describe('of the user'),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    status: z.enum(MEMBER_STATUSES),
    joinedAt: timeSchema,
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

export const memberListQuerySchema = z.strictObject({ cursor: cursorSchema.optional(), limit: limitSchema });
export const memberListSchema = z.strictObject({ items: z.array(memberSchema), nextCursor: z.string().nullable() });
export const memberAnswerSchema = z.strictObject({ member: memberSchema });

export const memberPatchSchema = z
  .strictObject({ role: z.enum(ROLES).optional(), status: z.enum(['active', 'suspended']).optional() })
  .refine((patch) => patch.role !== undefined || patch.status !== undefined, 'must change something');
export type MemberPatch = z.infer<typeof memberPatchSchema>;
