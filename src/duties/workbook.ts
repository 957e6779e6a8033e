import { confirmationInWords, shareOf, standingBadges } from '#src/duties/rules.ts';
import type { OfficerStanding, ShareFigures } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import type { Sheet } from '#src/spreadsheets.ts';

type About = { today: string; filter: string; exporter: string };

/** The shares as a sheet; the last line is the sum. */
export function shareSheet(figures: ShareFigures[], about: About & { head: string }): Sheet {
  return {
    name: 'Konfirmasi tugas',
    title: `Konfirmasi uraian tugas pengurus, ${about.filter}`,
    asOf: about.today,
    about: { ...about, count: `${format.number(figures.length - 1)} baris dan jumlahnya` },
    columns: [
      { label: about.head, width: 34 },
      ...['Pengurus', 'Sudah mengonfirmasi', 'Diminta lagi', 'Belum', 'Bagian (%)'].map(
        (label) => ({
          label,
          width: 20,
          number: true as const,
        }),
      ),
    ],
    rows: figures.map((line) => [
      line.placeName,
      line.officers,
      line.confirmed,
      line.again,
      line.never,
      shareOf(line),
    ]),
  };
}

/** Officers with their standing as a sheet. */
export function standingSheet(rows: OfficerStanding[], about: About): Sheet {
  return {
    name: 'Pengurus',
    title: 'Konfirmasi uraian tugas oleh pengurus',
    asOf: about.today,
    about: { ...about, count: `${format.number(rows.length)} pengurus` },
    columns: [
      { label: 'Nama', width: 34 },
      { label: 'Jabatan', width: 28 },
      { label: 'Lembaga', width: 32 },
      { label: 'Jenis', width: 18 },
      { label: 'Kelurahan', width: 20 },
      { label: 'Keadaan', width: 22 },
      { label: 'Konfirmasi terakhir', width: 60 },
    ],
    rows: rows.map((row) => [
      row.personName,
      row.seatName,
      row.institutionName,
      row.typeName,
      row.kelurahanName,
      standingBadges[row.standing].label,
      row.confirmedOn === null
        ? null
        : confirmationInWords({
            confirmedOn: row.confirmedOn,
            means: row.means ?? '',
            confirmedByName: row.confirmedByName ?? '',
          }),
    ]),
  };
}
