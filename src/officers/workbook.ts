import * as format from '#src/format.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';
import type { Board } from '#src/officers/repository.ts';
import type { SheetLine, Sight } from '#src/officers/sheet-lines.ts';
import { rosterTable, type NikByPerson } from '#src/officers/sheet.ts';
import type { Sheet } from '#src/spreadsheets.ts';

type Source = {
  header: InstitutionHeader;
  lines: SheetLine[];
  board: Board | null;
  day: string;
  exporter: string;
  sight: Sight;
  niks: NikByPerson;
};

/** The roster of a day as a sheet, vacant seats included. */
export function rosterWorkbook({
  header,
  lines,
  board,
  day,
  exporter,
  sight,
  niks,
}: Source): Sheet {
  const held = lines.filter(({ personId }) => personId !== null).length;
  return {
    name: 'Pengurus',
    title: `Pengurus ${header.name}, Kelurahan ${header.kelurahanName}`,
    asOf: day,
    about: {
      filter: `${header.name}, pengurus pada tanggal itu`,
      exporter,
      count: `${lines.length} baris: ${held} pengurus, ${lines.length - held} jabatan kosong`,
    },
    notes: [
      board
        ? `Masa bakti ${format.term(board.startsOn, board.endsOn)}`
        : 'Belum ada masa bakti tercatat',
    ],
    ...rosterTable(lines, { sight, niks }),
  };
}
