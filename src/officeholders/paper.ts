import * as format from '#src/format.ts';
import type { OfficeOfList } from '#src/list-office.ts';
import { listHead } from '#src/list-paper.ts';
import { countInWords } from '#src/officeholders/rules.ts';
import { exportedAtMost } from '#src/officeholders/repository.ts';
import { kindLabels } from '#src/officers/rules.ts';
import type { SheetLine, Sight } from '#src/officers/sheet-lines.ts';
import type { Paper } from '#src/pdf/paper.ts';
import { signatureBlock, type SignatoryChoice } from '#src/pdf/signatories.ts';

type About = {
  today: string;
  filter: string;
  exporter: string;
  sight: Sight;
  office: OfficeOfList;
  signatory: SignatoryChoice;
};

/** Officers in office on paper; `found` may hold one more than is allowed, to know that there are more. */
export function officeholderPaper(
  found: SheetLine[],
  { today, filter, exporter, sight, office, signatory }: About,
): Paper {
  const title = 'Daftar pengurus lembaga kemasyarakatan kelurahan';
  return {
    title,
    orientation: 'landscape',
    asOf: today,
    footer: `Keadaan ${format.date(today)}. Diunduh dari Portal LKK oleh ${exporter}`,
    blocks: [
      ...listHead(title, office, [
        `Keadaan ${format.date(today)} · saringan: ${filter}`,
        countInWords(found),
      ]),
      {
        kind: 'table',
        columns: [
          { label: 'No.', width: 5, align: 'right' },
          { label: 'Nama', width: 24 },
          { label: 'L/P', width: 4, align: 'center' },
          { label: 'Jabatan', width: 18 },
          { label: 'Lembaga', width: 20 },
          { label: 'Kelurahan', width: 15 },
          { label: 'Mulai', width: 11, group: 'Masa jabatan' },
          { label: 'Sampai', width: 11, group: 'Masa jabatan' },
          { label: 'Nomor SK', width: 21 },
          ...(sight.phones ? [{ label: 'Nomor HP', width: 14 }] : []),
        ],
        rows: found
          .slice(0, exportedAtMost)
          .map((line, index) => [
            index + 1,
            line.name && format.personName({ ...line, name: line.name }),
            line.sex && (line.sex === 'female' ? 'P' : 'L'),
            `${kindLabels[line.kind ?? ''] ?? ''} ${line.seatName}`.trim(),
            format.institutionOfType(line.typeName, line.institutionName),
            line.kelurahanName,
            line.startOn && format.numericDate(line.startOn),
            line.endOn && format.numericDate(format.lastDay(line.endOn)),
            line.decreeNumber,
            ...(sight.phones ? [line.phone && format.phone(line.phone)] : []),
          ]),
      },
      ...signatureBlock(signatory, { lurah: office.kelurahan, camat: office.kecamatan }, today),
    ],
  };
}
