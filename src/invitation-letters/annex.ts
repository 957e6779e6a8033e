import * as format from '#src/format.ts';
import type { LetterQuery } from '#src/invitation-letters/form.ts';
import type { Invitation } from '#src/invitations/statements.ts';
import type { Block } from '#src/pdf/paper.ts';

/** The list of everybody who is invited, on pages of its own. */
export const annex = (invitees: readonly Invitation[], query: LetterQuery): Block[] => [
  { kind: 'page' },
  {
    kind: 'aside',
    title: 'Lampiran surat undangan',
    lines: [
      ['Nomor', query.nomor ?? '.'.repeat(24)],
      ['Tanggal', format.date(query.tanggal)],
    ],
  },
  { kind: 'heading', level: 1, text: 'DAFTAR UNDANGAN' },
  {
    kind: 'table',
    columns: [
      { label: 'No.', width: 7, align: 'right' },
      { label: 'Nama', width: 36 },
      { label: 'Jabatan', width: 26 },
      { label: 'Lembaga', width: 30 },
      { label: 'Kelurahan', width: 24 },
    ],
    rows: invitees.map(({ name, positionName, institutionName, kelurahanName }, index) => [
      index + 1,
      name,
      positionName,
      institutionName,
      kelurahanName,
    ]),
  },
];
