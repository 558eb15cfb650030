import * as z from 'zod';

/** `LOCAL_INDEX`, local mode only: what runs on this machine, as the local platform tells the gateway. */
export const localIndexSchema = z.object({
  tenants: z
    .array(
      z.object({
        slug: z.string(),
        name: z.string(),
        status: z.string(),
        url: z.string(),
        admin: z.string(),
        events: z.array(
          z.object({
            name: z.string(),
            slug: z.string(),
            url: z.string(),
            wall: z.string(),
            pin: z.string().nullable(),
          }),
        ),
      }),
    )
    .default([]),
  signIns: z
    .array(z.object({ email: z.string(), password: z.string(), role: z.string(), where: z.string() }))
    .default([]),
  /** address of the local mail outbox */
  mail: z.string().nullable().default(null),
  port: z.number().default(8787),
});
export type LocalIndex = z.infer<typeof localIndexSchema>;
