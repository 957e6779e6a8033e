import { can, type SignedInAccount } from '#src/access.ts';
import { attestationBadge } from '#src/completeness/rules.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';
import { statusBadge, termSentence } from '#src/institutions/rules.ts';

const sections = [
  { label: 'Ringkasan', path: '' },
  { label: 'Pengurus', path: '/pengurus' },
  { label: 'Tugas', path: '/tugas' },
  { label: 'Riwayat', path: '/riwayat' },
] as const;

/** What all pages of one institution show above their own part: the way up, the status line, actions and sections. */
export function institutionFrame(
  header: InstitutionHeader,
  account: SignedInAccount,
  today: string,
  current: (typeof sections)[number]['label'],
) {
  const list = `/lembaga?kelurahan=${header.kelurahanCode}`;
  const here = `/lembaga/${header.id}`;
  return {
    head: {
      breadcrumbs:
        account.role === 'officer'
          ? [{ label: 'Lembaga', href: '/lembaga' }]
          : [
              { label: 'Lembaga', href: '/lembaga' },
              { label: `Kel. ${header.kelurahanName}`, href: list },
              { label: header.typeName, href: `${list}&jenis=${header.typeCode}` },
            ],
      title: header.name,
      badges: [statusBadge(header, today), ...attestationBadges(header, today)],
      meta: termSentence(header, today),
      actions: [
        ...(can(account, 'roster-change:propose')
          ? [
              {
                label: 'Ajukan perubahan pengurus',
                href: `/usulan/baru?lembaga=${header.id}`,
                icon: 'replace',
                primary: true,
              },
            ]
          : []),
        ...(can(account, 'institution:write')
          ? [{ label: 'Ubah profil', href: `${here}/ubah`, icon: 'pencil' }]
          : []),
        ...(can(account, 'institution:contact')
          ? [{ label: 'Ubah kontak', href: `${here}/kontak`, icon: 'pencil' }]
          : []),
        { label: 'Cetak', print: true },
      ],
      sections: sections.map(({ label, path }) => ({
        label,
        href: here + path,
        ...(label === 'Pengurus' ? { count: header.officers } : {}),
        ...(label === current ? { current: true } : {}),
      })),
    },
  };
}

function attestationBadges(header: InstitutionHeader, today: string) {
  const { attestation, cycleName, cycleDueOn } = header;
  return cycleName === null || cycleDueOn === null
    ? []
    : [attestationBadge(attestation, cycleDueOn, today)];
}
