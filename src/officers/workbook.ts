import * as format from '#src/format.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';
import type { Board, RosterRow } from '#src/officers/repository.ts';
import { kindNames } from '#src/officers/rules.ts';
import type { Sheet } from '#src/spreadsheets.ts';

type Source = {
  header: InstitutionHeader;
  roster: RosterRow[];
  board: Board | null;
  day: string;
  exporter: string;
  phones: boolean;
};

/** The roster of a day as a sheet, vacant seats included. */
export function rosterWorkbook({ header, roster, board, day, exporter, phones }: Source): Sheet {
  const held = roster.filter(({ personId }) => personId !== null).length;
  return {
    name: 'Pengurus',
    title: `Pengurus ${header.name}, Kelurahan ${header.kelurahanName}`,
    asOf: day,
    notes: [
      `Keadaan ${format.date(day)}`,
      board
        ? `Masa bakti ${format.term(board.startsOn, board.endsOn)}`
        : 'Belum ada masa bakti tercatat',
      `Diunduh oleh ${exporter}`,
      `${held} pengurus, ${roster.length - held} jabatan kosong`,
    ],
    columns: [
      { label: 'No.', width: 6, number: true },
      { label: 'Jabatan', width: 28 },
      { label: 'Nama', width: 34 },
      { label: 'Kedudukan', width: 24 },
      { label: 'Mulai', width: 14 },
      { label: 'Sampai', width: 14 },
      { label: 'Nomor SK', width: 28 },
      { label: 'Tanggal SK', width: 14 },
      ...(phones ? [{ label: 'Nomor HP', width: 18 }] : []),
    ],
    rows: roster.map((row, index) => [
      index + 1,
      row.seatName,
      row.personName,
      standing(row),
      row.startOn,
      row.endOn && format.lastDay(row.endOn),
      row.decreeNumber,
      row.decreedOn,
      ...(phones ? [row.phone && format.phone(row.phone)] : []),
    ]),
  };
}

function standing(row: RosterRow): string {
  if (row.kind === null) return 'Kosong';
  return row.overdue ? 'Habis, belum diganti' : (kindNames[row.kind] ?? row.kind);
}
