import * as z from 'zod';
import { DISPLAY_FACES } from './theme/faces.ts';
import { FALLBACK_ACCENT, TEMPERATURES } from './theme/palette.ts';

export const TENANT_STATUSES = ['pending', 'active', 'inactive', 'suspended', 'archived'] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];
export const RESIDENCIES = ['eu', 'us'] as const;
export type Residency = (typeof RESIDENCIES)[number];

const accentSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #7a3cff')
  .transform((accent) => accent.toLowerCase());

/** A tenant's look; anything that cannot be read falls back to the platform's own. */
export const themeSchema = z.object({
  accent: accentSchema.catch(FALLBACK_ACCENT).default(FALLBACK_ACCENT),
  temperature: z.enum(TEMPERATURES).catch('neutral').default('neutral'),
  displayFace: z.enum(DISPLAY_FACES).catch('system').default('system'),
  logo: z.string().max(500).nullable().catch(null).default(null),
});
export type Theme = z.infer<typeof themeSchema>;

/** A logo is sent by itself, as bytes; here it can only be taken away. */
export const themePatchSchema = z
  .strictObject({
    accent: accentSchema.optional(),
    temperature: z.enum(TEMPERATURES).optional(),
    displayFace: z.enum(DISPLAY_FACES).optional(),
    logo: z.null().optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'must change something');
export type ThemePatch = z.infer<typeof themePatchSchema>;

export const themeAnswerSchema = z.strictObject({ theme: themeSchema.meta({ id: 'Theme' }) });
