import * as z from 'zod';
import { idSchema } from './ids.ts';

/** Roles in one tenant; each contains those after it. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** A role in the tenant, or the grant for one event that a helper holds. */
export const ACTING_ROLES = [...ROLES, 'moderator'] as const;
export type ActingRole = (typeof ACTING_ROLES)[number];

export const loginRequestSchema = z.strictObject({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(1000),
  otp: z.string().max(16).optional(),
});

export const staffUserSchema = z
  .strictObject({ id: idSchema, email: z.string(), name: z.string() })
  .meta({ id: 'User' });

export const loginAnswerSchema = z.strictObject({
  accessToken: z.string(),
  expiresIn: z.int().positive().describe('seconds'),
  user: staffUserSchema.describe('of a helper: the id of the grant, no e-mail, and the name on the invitation'),
  role: z.enum(ACTING_ROLES),
  event: z
    .strictObject({ id: idSchema, slug: z.string(), name: z.string() })
    .optional()
    .describe('for a helper: the one event of the grant'),
});
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;

export const meSchema = z.strictObject({
  user: staffUserSchema,
  role: z.enum(ROLES),
  tenant: z.strictObject({ id: idSchema, slug: z.string(), name: z.string() }),
});
export type Me = z.infer<typeof meSchema>;
