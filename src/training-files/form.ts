import { z } from 'zod';
import { optionalText, requiredText, version } from '#src/http/fields.ts';

const title = requiredText('Tulis judul materi', 160);
const caption = requiredText('Tulis keterangan foto', 160);
const isShared = z
  .literal('on')
  .optional()
  .transform((tick) => tick === 'on');

const linkSentence = 'Isi tautan lengkap yang diawali https://';
const isLink = (text: string) =>
  /^https:\/\/[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$/.test(text) && URL.canParse(text);
const link = requiredText(linkSentence, 500).refine(isLink, linkSentence);

export const materialFileForm = z.strictObject({ title, isShared });
export type MaterialFileInput = z.output<typeof materialFileForm>;

export const materialLinkForm = z.strictObject({ title, isShared, link });
export type MaterialLinkInput = z.output<typeof materialLinkForm>;

export const photoForm = z.strictObject({ title: caption });
export type PhotoInput = z.output<typeof photoForm>;

/** A file keeps what it is; of a link, where it leads may be mended. */
export const materialForm = z.strictObject({
  version,
  title,
  isShared,
  link: optionalText(500).refine((text) => text === null || isLink(text), linkSentence),
});

export const captionForm = z.strictObject({ version, title: caption });

export const removalForm = z.strictObject({ version });
export type RemovalInput = z.output<typeof removalForm>;
