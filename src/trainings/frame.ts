import type { Permission, SignedInAccount } from '#src/access.ts';
import { can } from '#src/access.ts';
import { statusBadges } from '#src/trainings/rules.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';

type Page = {
  label: string;
  path: string;
  permission: Permission;
  /** Tells of everybody, so only to those who see everybody. */
  isWhole?: true;
};

const pages = [
  { label: 'Ringkasan', path: '', permission: 'training:read' },
  { label: 'Undangan', path: '/undangan', permission: 'training:read' },
  { label: 'Daftar hadir', path: '/daftar-hadir', permission: 'training:read' },
  { label: 'Tes', path: '/tes', permission: 'report:read' },
  { label: 'Tes saya', path: '/tes-saya', permission: 'training:answer' },
  { label: 'Dialog', path: '/dialog', permission: 'training:read' },
  { label: 'Foto', path: '/foto', permission: 'training:read' },
  { label: 'Sertifikat', path: '/sertifikat', permission: 'training:read' },
  { label: 'Umpan balik', path: '/umpan-balik', permission: 'report:read' },
  { label: 'Laporan', path: '/laporan', permission: 'report:read', isWhole: true },
] as const satisfies readonly Page[];
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
      .filter(
        (page) =>
          can(account, page.permission) && (!('isWhole' in page) || seesWhole(account, training)),
      )
      .map(({ label, path }) => ({
        label,
        href: `/pelatihan/${training.id}${path}`,
        ...(label === current ? { current: true } : {}),
      })),
  };
}

/** Of a training that was held: whoever sees only a part of its people gets what tells the whole from the organiser. */
export const seesWhole = (
  account: SignedInAccount,
  training: { status: string; organiserKind: string; kelurahanIds: readonly number[] },
): boolean =>
  (training.status === 'running' || training.status === 'finished') &&
  (account.role === 'auditor' || organises(account, training));

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
