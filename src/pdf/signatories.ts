import { z } from 'zod';
import { city } from '#src/city.ts';
import * as format from '#src/format.ts';
import type { Block, Signature } from '#src/pdf/paper.ts';

/** Who signs a printed list; each list offers those of its place. */
export const signatoryLabels = {
  lurah: 'Lurah',
  camat: 'Camat',
  'ketua-lurah': 'Ketua lembaga, diketahui lurah',
  'lurah-camat': 'Lurah, diketahui camat',
  'kepala-daerah': 'Kepala daerah',
  sekda: 'Sekretaris daerah',
  'kepala-dinas': 'Kepala perangkat daerah pembina',
  tanpa: 'Tanpa tanda tangan',
} as const;
export type SignatoryChoice = keyof typeof signatoryLabels;

/** The first choice of a list is what it prints when nobody chose. */
export const signatoryField = (choices: readonly [SignatoryChoice, ...SignatoryChoice[]]) =>
  z
    .enum(choices, { error: 'Pilih penanda tangan dari daftar' })
    .optional()
    .transform((choice) => choice ?? choices[0]);

export const signatoryOptions = (choices: readonly SignatoryChoice[]) =>
  choices.map((value) => ({ value, label: signatoryLabels[value] }));

export type Head = {
  name: string;
  headName: string | null;
  headRank: string | null;
  headNip: string | null;
};
type People = {
  lurah?: Head | null;
  camat?: Head | null;
  /** The chair of an institution signs without rank. */
  ketua?: { office: string; name: string | null } | null;
};

/** Who knows of it stands left, who answers for it right, with place and date. */
export function signatureBlock(choice: SignatoryChoice, people: People, day: string): Block[] {
  const dated = `${place()}, ${format.date(day)}`;
  const lurah = people.lurah && headOf('Lurah', people.lurah);
  const camat = people.camat && headOf('Camat', people.camat);
  const ketua = people.ketua && { ...people.ketua, rank: null, nip: null };
  const [known, answers] = {
    lurah: [null, lurah],
    camat: [null, camat],
    'ketua-lurah': [lurah, ketua],
    'lurah-camat': [camat, lurah],
    'kepala-daerah': [null, ofCity(headOfCity())],
    sekda: [null, ofCity('Sekretaris Daerah')],
    'kepala-dinas': [null, ofCity('Kepala Perangkat Daerah')],
    tanpa: [null, null],
  }[choice];
  if (!answers) return [];
  return [
    {
      kind: 'signatures',
      left: known ? { above: ['Mengetahui,'], ...known } : null,
      right: { above: [dated], ...answers },
    },
  ];
}

/** The portal keeps no names of the city's own offices: the line is left for them. */
const ofCity = (office: string) => ({ office, name: null, rank: null, nip: null });

const headOfCity = () =>
  city().name.startsWith('Kabupaten ') ? `Bupati ${place()}` : `Wali Kota ${place()}`;

/** Where letters are signed: the city without the word for its kind. */
export const place = () => city().name.replace(/^(Kota|Kabupaten) /, '');

const headOf = (office: string, head: Head): Omit<Signature, 'above'> => ({
  office: `${office} ${head.name}`,
  name: head.headName,
  rank: head.headRank,
  nip: head.headNip,
});

/** Kop surat from the city down to the office that writes. */
export const letterheadOf = (office: {
  kecamatan?: string | null;
  kelurahan?: string | null;
  address?: string | null;
}): Block => ({
  kind: 'letterhead',
  lines: [
    `Pemerintah ${city().name}`,
    ...(office.kecamatan ? [`Kecamatan ${office.kecamatan}`] : []),
    ...(office.kelurahan ? [`Kelurahan ${office.kelurahan}`] : []),
  ],
  address: office.address ?? null,
});

/** What every printed list says of itself below its title. */
export const notesOf = (notes: readonly string[]): Block[] => [
  ...notes.map((text): Block => ({ kind: 'text', text, small: true, align: 'center' })),
  { kind: 'space', millimetres: 3 },
];
