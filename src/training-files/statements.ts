import { z } from 'zod';
import { statement } from '#src/database.ts';
import type { Purpose } from '#src/training-files/rules.ts';

const fileRow = z.strictObject({
  id: z.number(),
  purpose: z.enum(['material', 'photo']),
  title: z.string(),
  url: z.string().nullable(),
  type: z.string().nullable(),
  size: z.number().nullable(),
  isShared: z.boolean(),
  uploadedBy: z.number().nullable(),
  version: z.number(),
});
export type TrainingFileRow = z.output<typeof fileRow>;

const columns = `id, purpose, title, link AS url, type, size, is_shared AS "isShared", uploaded_by AS "uploadedBy", version`;

/** Materials or photos of a training, without their bytes, in the order in which they came. */
export const trainingFiles = statement<[training: number, purpose: Purpose]>()(
  'training_files_of',
  fileRow,
  `SELECT ${columns} FROM training_files WHERE training_id = $1 AND purpose = $2 ORDER BY id LIMIT 200`,
);

export const trainingFile = statement<[training: number, id: number, purpose: Purpose]>()(
  'training_file',
  fileRow,
  `SELECT ${columns} FROM training_files WHERE training_id = $1 AND id = $2 AND purpose = $3`,
);

const bytesRow = z.strictObject({
  title: z.string(),
  type: z.string(),
  bytes: z.instanceof(Uint8Array),
});

export const trainingFileBytes = statement<[training: number, id: number, purpose: Purpose]>()(
  'training_file_bytes',
  bytesRow,
  `SELECT title, type, bytes FROM training_files WHERE training_id = $1 AND id = $2 AND purpose = $3 AND bytes IS NOT NULL`,
);

export const photoThumbnail = statement<[training: number, id: number]>()(
  'training_photo_thumbnail',
  bytesRow,
  `SELECT title, type, COALESCE(thumbnail, bytes) AS bytes FROM training_files
   WHERE training_id = $1 AND id = $2 AND purpose = 'photo' AND bytes IS NOT NULL`,
);

const sharedRow = z.strictObject({
  id: z.number(),
  title: z.string(),
  url: z.string().nullable(),
  type: z.string().nullable(),
  size: z.number().nullable(),
});

/** What a private link reaches, by the hash of its token. */
export const materialsOfLink = statement<[hash: Uint8Array]>()(
  'materials_of_link',
  sharedRow,
  `SELECT id, title, url, type, size FROM materials_of_link($1)`,
);

export const materialOfLink = statement<[hash: Uint8Array, id: number]>()(
  'material_of_link',
  bytesRow,
  `SELECT title, type, bytes FROM material_of_link($1, $2)`,
);
