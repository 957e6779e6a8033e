import type { SignedInAccount } from '#src/access.ts';
import { can } from '#src/access.ts';
import { statusBadges } from '#src/trainings/rules.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';

const pages = [
  { label: 'Ringkasan', path: '', permission: 'training:read' },
  { label: 'Undangan', path: '/undangan', permission: 'training:read' },
  { label: 'Daftar hadir', path: '/daftar-hadir', permission: 'training:read' },
  { label: 'Dialog', path: '/dialog', permission: 'training:read' },
  { label: 'Sertifikat', path: '/sertifikat', permission: 'training:read' },
  { label: 'Umpan balik', path: '/umpan-balik', permission: 'report:read' },
] as const;
export type TrainingPage = (typeof pages)[number]['label'];

/** Heading, way back and links that the pages of one training share. */
export function trainingFrame(
  training: TrainingHeader,
  { account, current }: { account: SignedInAccount; current: TrainingPage },
) {
  return {
    training,
    badge: statusBadges[training.status],
    sections: pages
      .filter(({ permission }) => can(account, permission))
      .map(({ label, path }) => ({
        label,
        href: `/pelatihan/${training.id}${path}`,
        ...(label === current ? { current: true } : {}),
      })),
  };
}

/**
 * Whether the account organises this training and so plans it, sends it and issues its certificates; the policies of
 * `trainings` say the same. Others whose kelurahan it reaches record attendance and dialogue of their own people.
 */
export function organises(
  account: SignedInAccount,
  training: { organiserKind: string; kelurahanIds: readonly number[] },
): boolean {
  if (!can(account, 'training:write')) return false;
  if (account.role === 'admin') return true;
  const kind = account.role === 'kecamatan' ? 'kecamatan' : 'kelurahan';
  return (
    training.organiserKind === kind &&
    training.kelurahanIds.every((id) => account.kelurahanIds.includes(id))
  );
}
