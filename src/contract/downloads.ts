import * as z from 'zod';

/** Query of a download, and of a link to one. */
export const downloadQuerySchema = z.strictObject({
  as: z
    .literal('received')
    .optional()
    .describe('byte for byte as it came, with the place where it was taken: members of the team only'),
});

/** A link that a browser can follow, or play, without a Bearer. */
export const downloadLinkSchema = z.strictObject({
  url: z.string().describe('on this host; for one photo, for whom it was made'),
  expiresIn: z.int().positive().describe('seconds'),
});
export type DownloadLink = z.infer<typeof downloadLinkSchema>;
