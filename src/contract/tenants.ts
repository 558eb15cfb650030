import * as z from 'zod';

export const TENANT_STATUSES = ['pending', 'active', 'inactive', 'suspended', 'archived'] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];
export const RESIDENCIES = ['eu', 'us'] as const;
export type Residency = (typeof RESIDENCIES)[number];

/** A tenant's look; anything that cannot be read falls back to the platform's own. */
export const themeSchema = z.object({
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .catch('#7a3cff')
    .default('#7a3cff'),
  logo: z.string().max(500).nullable().catch(null).default(null),
});
export type Theme = z.infer<typeof themeSchema>;
