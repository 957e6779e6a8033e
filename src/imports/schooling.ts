import { masked, type Problem } from '#src/imports/cells.ts';
import type { Lists, Tell, Text } from '#src/imports/fields.ts';
import { nearest } from '#src/imports/names.ts';

/** Education and work in the many words of lists of officers. */

const schools: [RegExp, number][] = [
  [/^(sd|mi|sr|tamat ?sd.*|sekolah dasar|paket a)$/, 3],
  [/^(smp|sltp|mts|smpn|paket b|smp sederajat)$/, 4],
  [
    /^(sma|slta|smk|stm|smea|ma|sman|smkn|smu|spg|paket c|sma smk|sma sederajat|slta sederajat)$/,
    5,
  ],
  [/^(d ?1|d ?2|d ?i|d ?ii|diploma (1|2|i|ii))$/, 6],
  [/^(d ?3|d ?iii|diploma|diploma (3|iii)|akademi)$/, 7],
  [/^(s ?1|d ?4|d ?iv|sarjana|strata (1|i)|s1 sarjana)$/, 8],
  [/^(s ?2|magister|strata (2|ii))$/, 9],
  [/^(s ?3|doktor|strata (3|iii))$/, 10],
];

export function educationOf(text: Text, { education }: Lists, tell: Tell): number | null {
  const ticks = [10, 9, 8, 7, 6, 5, 4, 3] as const;
  const ticked = ticks.find((code) => !['', '-'].includes(text(`education${code}`)));
  if (ticked) return ticked;
  const given = text('education');
  const word = given
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  if (word === '') return null;
  const label = education.find(({ label }) => label.toLowerCase() === given.toLowerCase());
  const school = schools.find(([pattern]) => pattern.test(word));
  if (label || school) return label?.code ?? school?.[1] ?? null;
  const near = nearest(
    given,
    education.map((level) => level.label),
  );
  tell(
    `Pendidikan “${masked(given).slice(0, 40)}” tidak dikenal. ${near ? `Maksud Anda “${near}”?` : 'Isi misalnya SD, SMP, SMA, D3, atau S1'}`,
    near ?? undefined,
  );
  return null;
}

/** Work is described in many words; what is not on the list is kept as "Lainnya" and said so. */
export function occupationOf(
  given: string,
  { occupations }: Lists,
  problems: Problem[],
): number | null {
  if (given === '' || given === '-') return null;
  const wanted = given.toLowerCase();
  const common: Record<string, string> = {
    irt: 'mengurus rumah tangga',
    'ibu rumah tangga': 'mengurus rumah tangga',
    swasta: 'karyawan swasta',
    pns: 'aparatur sipil negara (asn)',
    asn: 'aparatur sipil negara (asn)',
    tni: 'tentara nasional indonesia (tni)',
    polri: 'kepolisian ri (polri)',
    petani: 'petani/pekebun',
    pelajar: 'pelajar/mahasiswa',
    mahasiswa: 'pelajar/mahasiswa',
    nelayan: 'nelayan/perikanan',
  };
  const known = occupations.find(({ label }) => label.toLowerCase() === (common[wanted] ?? wanted));
  if (known) return known.code;
  const other = occupations.find(({ label }) => label === 'Lainnya');
  const near = nearest(
    given,
    occupations.map(({ label }) => label),
  );
  problems.push({
    field: 'occupation',
    level: 'note',
    message: `Pekerjaan “${masked(given).slice(0, 40)}” tidak ada di daftar dan dicatat sebagai Lainnya${near ? `. Maksud Anda “${near}”?` : ''}`,
    ...(near ? { suggestion: near } : {}),
  });
  return other?.code ?? null;
}
