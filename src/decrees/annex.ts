import type { Draft, DraftLine } from '#src/decrees/draft.ts';
import { titleOf, numberOf, dateOf } from '#src/decrees/sentences.ts';
import type { Block } from '#src/pdf/paper.ts';

/** NIK and birth date stay off the annex: it is published (UU 27/2022). */
export function annexOf(draft: Draft): Block[] {
  const { kelurahan, appointed, isBoard } = draft;
  const ended = isBoard ? [] : draft.ended;
  const both = appointed.length > 0 && ended.length > 0;
  return [
    {
      kind: 'aside',
      title: `LAMPIRAN KEPUTUSAN LURAH ${kelurahan.name.toUpperCase()}`,
      lines: [
        ['Nomor', numberOf(draft)],
        ['Tanggal', dateOf(draft)],
      ],
    },
    { kind: 'heading', level: 1, text: titleOf(draft) },
    { kind: 'space', millimetres: 2 },
    ...tableOf(both ? 'A. Diangkat' : null, appointed, 'Jabatan'),
    ...tableOf(both ? 'B. Diberhentikan' : null, ended, 'Jabatan terakhir'),
  ];
}

function tableOf(title: string | null, lines: DraftLine[], position: string): Block[] {
  if (lines.length === 0) return [];
  const places = new Set(lines.map((line) => line.institution)).size > 1;
  const reasons = lines.some(({ reason }) => reason !== null);
  return [
    ...(title === null ? [] : [{ kind: 'heading' as const, level: 2 as const, text: title }]),
    {
      kind: 'table',
      columns: [
        { label: 'No', width: 5, align: 'right' },
        { label: 'Nama', width: 28 },
        { label: 'Alamat RT/RW', width: places ? 28 : 34 },
        { label: position, width: places ? 20 : 26 },
        ...(places ? [{ label: 'Lembaga', width: 18 }] : []),
        ...(reasons ? [{ label: 'Sebab', width: 18 }] : []),
      ],
      rows: lines.map((line, index) => [
        index + 1,
        line.name,
        line.address,
        line.position,
        ...(places ? [line.institution] : []),
        ...(reasons ? [line.reason] : []),
      ]),
    },
  ];
}
