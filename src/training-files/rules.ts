import { can, type SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import { organises } from '#src/trainings/frame.ts';

/** What is kept of a training beside its record: materials for the participants, and photos of the day. */
export type Purpose = 'material' | 'photo';

/** More would be an archive. */
export const filesAtMost: Record<Purpose, number> = { material: 40, photo: 80 };

type Training = { status: string; organiserKind: string; kelurahanIds: readonly number[] };

/** The organiser hands out materials, before the day as after it. */
export const mayAddMaterials = (account: SignedInAccount, training: Training) =>
  training.status !== 'cancelled' && organises(account, training);

/** Whoever records the day takes photos of it. */
export const mayAddPhotos = (account: SignedInAccount, { status }: Training) =>
  can(account, 'training:record') && status !== 'draft' && status !== 'cancelled';

export const mayAdd = (account: SignedInAccount, training: Training, purpose: Purpose) =>
  purpose === 'material' ? mayAddMaterials(account, training) : mayAddPhotos(account, training);

/** The organiser answers for all of them, whoever uploaded one for their own. */
export const mayChange = (
  account: SignedInAccount,
  training: Training,
  file: { purpose: Purpose; uploadedBy: number | null },
) =>
  mayAdd(account, training, file.purpose) &&
  (organises(account, training) || file.uploadedBy === account.id);

const kinds: [RegExp, string][] = [
  [/pdf$/, 'PDF'],
  [/presentation$/, 'PowerPoint'],
  [/document$/, 'Word'],
  [/sheet$/, 'Excel'],
  [/^image/, 'Gambar'],
];

/** "PDF, 340 KB", or of a link the name of the place where it leads. */
export function kindInWords({ url, type, size }: Material): string {
  if (url !== null) return new URL(url).hostname;
  const kind = kinds.find(([pattern]) => pattern.test(type ?? ''))?.[1] ?? 'Berkas';
  const kilobytes = (size ?? 0) / 1024;
  return kilobytes < 1000
    ? `${kind}, ${format.number(Math.ceil(kilobytes))} KB`
    : `${kind}, ${format.number(kilobytes / 1024)} MB`;
}
type Material = { url: string | null; type: string | null; size: number | null };

/** What the browser calls a download: the title, with the ending of what it is. */
export function downloadName({ title, type }: { title: string; type: string }): string {
  const ending = endings.find(([pattern]) => pattern.test(type))?.[1] ?? 'bin';
  const plain = title
    .normalize('NFKD')
    .replaceAll(/[^\w -]/g, '')
    .trim();
  return `${plain.replaceAll(/\s+/g, '-').slice(0, 80).toLowerCase() || 'materi'}.${ending}`;
}
const endings: [RegExp, string][] = [
  [/pdf$/, 'pdf'],
  [/presentation$/, 'pptx'],
  [/document$/, 'docx'],
  [/sheet$/, 'xlsx'],
  [/^image/, 'jpg'],
];
