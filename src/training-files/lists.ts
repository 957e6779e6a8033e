import type { Actor, SignedInAccount } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';
import { kindInWords, mayChange } from '#src/training-files/rules.ts';
import { materialsOfLink, type TrainingFileRow } from '#src/training-files/statements.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';

/** The materials as the training's first page lists them. */
export const materialLines = (
  files: readonly TrainingFileRow[],
  { account, training }: { account: SignedInAccount; training: TrainingHeader },
) =>
  files.map((file) => ({
    title: file.title,
    kind: kindInWords(file),
    href: file.url ?? `/pelatihan/${training.id}/materi/${file.id}/unduh`,
    isLink: file.url !== null,
    isShared: file.isShared,
    changeHref: mayChange(account, training, file)
      ? `/pelatihan/${training.id}/materi/${file.id}`
      : null,
  }));

/** The materials that a private link reaches, for the invitee's page. */
export async function linkedMaterials(actor: Actor, token: string) {
  const [files] = await readAs(actor, materialsOfLink(Buffer.from(hashOfToken(token))));
  return files.map((file) => ({
    title: file.title,
    kind: kindInWords(file),
    href: file.url ?? `/u/${token}/materi/${file.id}`,
    isLink: file.url !== null,
    isShared: true,
    changeHref: null,
  }));
}
