import * as z from 'zod';
import { idSchema, timeSchema } from './ids.ts';

export const ALBUM_NAME_MAX_CHARACTERS = 120;
export const ALBUMS_MAX = 200;
const nameSchema = z.string().trim().min(1).max(ALBUM_NAME_MAX_CHARACTERS);

export const albumSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    position: z.int().nonnegative(),
    published: z.boolean(),
    publishedAt: timeSchema.nullable(),
    photos: z.int().nonnegative().describe('for guests the published ones, for staff all of them'),
  })
  .meta({ id: 'Album' });
export type Album = z.infer<typeof albumSchema>;

export const albumListSchema = z.strictObject({ items: z.array(albumSchema) });
export const albumAnswerSchema = z.strictObject({ album: albumSchema });
export const newAlbumSchema = z.strictObject({ name: nameSchema });
export const albumPatchSchema = z
  .strictObject({ name: nameSchema.optional(), published: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change something');
export type AlbumPatch = z.infer<typeof albumPatchSchema>;
/** All albums of the event, in the order they are to have. */
export const albumOrderSchema = z.strictObject({ ids: z.array(idSchema).min(1).max(ALBUMS_MAX) });
/** Where a path says `{album}`: an album, or none, to take photos out. */
export const albumRefSchema = z.union([idSchema, z.literal('none')]);
export const movedSchema = z.strictObject({ moved: z.int().nonnegative() });
