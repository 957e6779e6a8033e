import * as format from '#src/format.ts';

type Dates = { startsOn: string; dueOn: string };

/** How a cycle stands on a day. */
export function cycleBadge({ startsOn, dueOn }: Dates, today: string) {
  if (today < startsOn) return { label: 'Akan dibuka' };
  return today <= dueOn
    ? { label: 'Sedang dibuka', tone: 'good' as const }
    : { label: 'Selesai', tone: 'info' as const };
}

/** "1 Juli 2026 sampai 31 Agustus 2026" */
export const spanInWords = ({ startsOn, dueOn }: Dates) =>
  `${format.date(startsOn)} sampai ${format.date(dueOn)}`;

/** What each rule of the database says at which field. */
export const refusals = [
  {
    constraint: 'attestation_cycles_one_per_name',
    field: 'name',
    sentence: 'Nama ini sudah dipakai masa pernyataan lain',
  },
  {
    constraint: 'attestation_cycles_do_not_overlap',
    field: 'startsOn',
    sentence: 'Tanggal ini bertumpang tindih dengan masa pernyataan lain. Pilih tanggal lain',
  },
  {
    constraint: 'attestation_cycles_two_a_year',
    field: 'startsOn',
    sentence:
      'Tahun ini sudah mempunyai dua masa pernyataan. Ubah salah satunya, atau pilih tahun lain',
  },
  {
    constraint: 'attestation_cycles_keep_start',
    field: 'startsOn',
    sentence: 'Sudah ada lembaga yang menyatakan pada masa ini, jadi hari pertamanya tetap',
  },
] as const;

type Shown = { name: string } & Dates;

/** What is stored now beside what was typed. */
export const differences = (stored: Shown, typed: Shown) =>
  [
    { label: 'Nama', before: stored.name, after: typed.name },
    {
      label: 'Hari pertama',
      before: format.date(stored.startsOn),
      after: format.date(typed.startsOn),
    },
    { label: 'Hari terakhir', before: format.date(stored.dueOn), after: format.date(typed.dueOn) },
  ].map((row) => ({ ...row, unchanged: row.before === row.after }));
