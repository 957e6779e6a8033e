import { city } from '#src/city.ts';
import * as format from '#src/format.ts';
import type { Draft, DraftLine } from '#src/decrees/draft.ts';
import { sentencesOf, type Words } from '#src/decrees/template.ts';
import type { Block, Clause, Paper, Signature } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';

/** A Keputusan Lurah with its annex, in the sections of domain.md 5.3. */
export function decreePaper(draft: Draft, today: string): Paper {
  const { kelurahan, about } = draft;
  const lurah = `Lurah ${kelurahan.name}`.toUpperCase();
  return {
    title: `Keputusan ${lurah} tentang ${about}`,
    orientation: 'portrait',
    asOf: draft.decreedOn ?? today,
    footer:
      draft.number === null
        ? 'Konsep dari usulan yang belum disetujui, bukan keputusan.'
        : `Keputusan Lurah ${kelurahan.name} Nomor ${draft.number}`,
    blocks: [
      letterheadOf({
        kecamatan: kelurahan.kecamatan.name,
        kelurahan: kelurahan.name,
        address: kelurahan.address,
      }),
      centred(`KEPUTUSAN ${lurah}`, true),
      centred(`NOMOR ${numberOf(draft)}`),
      { kind: 'space', millimetres: 3 },
      centred('TENTANG'),
      { kind: 'space', millimetres: 1 },
      centred(titleOf(draft), true),
      { kind: 'space', millimetres: 3 },
      centred(`${lurah},`),
      { kind: 'space', millimetres: 3 },
      { kind: 'clauses', clauses: groundsOf(draft) },
      centred('MEMUTUSKAN:', true),
      { kind: 'space', millimetres: 2 },
      ...keptWithSignature(dictumOf(draft)),
      { kind: 'space', millimetres: 3 },
      signature(draft),
      { kind: 'space', millimetres: 4 },
      {
        kind: 'list',
        title: 'Tembusan:',
        items: sentencesOf(draft.template.copies, wordsOf(draft)),
      },
      { kind: 'page' },
      ...annexOf(draft),
    ],
  };
}

/** A signature never stands on a page without a sentence that it signs. */
const keptWithSignature = (clauses: Clause[]): Block[] => [
  { kind: 'clauses', clauses: clauses.slice(0, -1) },
  { kind: 'room', millimetres: 62 },
  { kind: 'clauses', clauses: clauses.slice(-1) },
];

/** "PENETAPAN PENGURUS RW 005 KELURAHAN … MASA BAKTI 2025–2030" */
export function titleOf({ institution, kelurahan, isBoard, term, appointed, ended, about }: Draft) {
  // A decree of several institutions is called as its book calls it.
  const places = new Set([...appointed, ...ended].map((line) => line.institution));
  if (places.size !== 1) return about.toUpperCase();
  const act = isBoard
    ? 'Penetapan'
    : appointed.length === 0
      ? 'Pemberhentian'
      : ended.length === 0
        ? 'Pengangkatan'
        : 'Pemberhentian dan Pengangkatan';
  const span = isBoard && term ? ` masa bakti ${format.term(term.startsOn, term.endsOn)}` : '';
  return `${act} pengurus ${institution.name} Kelurahan ${kelurahan.name}${span}`.toUpperCase();
}

const numberOf = ({ number }: Draft) => number ?? '.'.repeat(40);
const dateOf = ({ decreedOn }: Draft) =>
  decreedOn === null ? '.'.repeat(30) : format.date(decreedOn);

const centred = (text: string, bold?: true): Block => ({
  kind: 'text',
  text,
  align: 'center',
  ...(bold && { bold }),
});

function wordsOf({ institution, kelurahan, term }: Draft): Words {
  return {
    lembaga: institution.name,
    jenis: institution.type.name,
    kelurahan: kelurahan.name,
    kecamatan: kelurahan.kecamatan.name,
    kota: city().name,
    masa_bakti: term ? format.term(term.startsOn, term.endsOn) : '',
    mulai: term ? format.date(term.startsOn) : '',
    selesai: term?.endsOn
      ? format.date(format.lastDay(term.endsOn))
      : 'ditetapkannya pengurus yang baru',
    dasar: institution.type.legalBasis.map((basis) => `${inFull(basis)};`).join('\n'),
  };
}

function groundsOf(draft: Draft): Clause[] {
  const words = wordsOf(draft);
  return [
    { label: 'Menimbang', items: sentencesOf(draft.template.considering, words).map(lettered) },
    {
      label: 'Mengingat',
      items: [...new Set(sentencesOf(draft.template.recalling, words))].map(numbered),
    },
    ...(draft.noting.length > 0
      ? [{ label: 'Memperhatikan', items: draft.noting.map(numbered) }]
      : []),
  ];
}

/** "Permendagri 18/2018" as a decree writes it: "Peraturan Menteri Dalam Negeri Nomor 18 Tahun 2018". */
export const inFull = (basis: string) =>
  basis
    .replace(/[.;\s]+$/, '')
    .replaceAll(
      /\b(UU|PP|Permendagri|Permensos|Permenkes|Perda|Perwali)\b/g,
      (short) => kinds[short] ?? short,
    )
    .replaceAll(/\b(\d+)\/((?:19|20)\d{2})\b/g, 'Nomor $1 Tahun $2');

const kinds: Record<string, string> = {
  UU: 'Undang-Undang',
  PP: 'Peraturan Pemerintah',
  Permendagri: 'Peraturan Menteri Dalam Negeri',
  Permensos: 'Peraturan Menteri Sosial',
  Permenkes: 'Peraturan Menteri Kesehatan',
  Perda: 'Peraturan Daerah',
  Perwali: 'Peraturan Wali Kota',
};

const lettered = (text: string, index: number) => ({
  mark: `${String.fromCharCode(97 + index)}.`,
  text,
});
const numbered = (text: string, index: number) => ({ mark: `${index + 1}.`, text });
const clause = (label: string, text: string): Clause => ({ label, items: [{ mark: '', text }] });

const ordinals =
  'KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH'.split(' ');

function dictumOf(draft: Draft): Clause[] {
  const usual = sentencesOf(draft.template.dictum, wordsOf(draft));
  // Who only leaves has no tasks and no term; the last sentence says when the decree holds.
  const rest = draft.appointed.length === 0 ? usual.slice(-1) : usual;
  return [
    clause('Menetapkan', `KEPUTUSAN LURAH TENTANG ${titleOf(draft)}.`),
    ...[...actsOf(draft), ...rest].map((text, index) =>
      clause(ordinals[index] ?? `KE-${index + 1}`, text),
    ),
  ];
}

/** Whom the decree seats comes first, so that the usual sentences can speak of Diktum KESATU. */
function actsOf({ institution, kelurahan, isBoard, appointed, ended, term }: Draft): string[] {
  const where = `${institution.name} Kelurahan ${kelurahan.name}`;
  const annex = 'Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini';
  const span = isBoard && term ? ` masa bakti ${format.term(term.startsOn, term.endsOn)}` : '';
  const acts: string[] = [];
  if (appointed.length > 0)
    acts.push(
      `${isBoard ? 'Menetapkan' : 'Mengangkat'} pengurus ${where}${span} sebagaimana tercantum dalam ${annex}.`,
    );
  if (isBoard && ended.length > 0)
    acts.push(
      'Memberhentikan dengan hormat pengurus masa bakti sebelumnya disertai ucapan terima kasih atas pengabdian dan jasanya.',
    );
  else if (ended.length > 0)
    acts.push(
      `Memberhentikan pengurus ${where} sebagaimana tercantum dalam ${annex}, disertai ucapan terima kasih atas pengabdian dan jasanya.`,
    );
  return acts;
}

function signature(draft: Draft): Block {
  const { kelurahan } = draft;
  const right: Signature = {
    above: [`Ditetapkan di ${place()}`, `pada tanggal ${dateOf(draft)}`],
    office: `LURAH ${kelurahan.name.toUpperCase()}`,
    name: kelurahan.headName,
    rank: kelurahan.headRank,
    nip: kelurahan.headNip,
  };
  return { kind: 'signatures', left: null, right };
}

/** NIK and birth date stay off the annex: it is published (UU 27/2022). */
function annexOf(draft: Draft): Block[] {
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
    signature(draft),
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
