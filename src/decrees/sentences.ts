import { city } from '#src/city.ts';
import type { Draft } from '#src/decrees/draft.ts';
import { sentencesOf, type Words } from '#src/decrees/template.ts';
import * as format from '#src/format.ts';
import type { Clause } from '#src/pdf/paper.ts';

/** What a Keputusan Lurah says: its title, its grounds and its dictum. */

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

export const numberOf = ({ number }: Draft) => number ?? '.'.repeat(40);

export const dateOf = ({ decreedOn }: Draft) =>
  decreedOn === null ? '.'.repeat(30) : format.date(decreedOn);

export function groundsOf(draft: Draft): Clause[] {
  const words = wordsOf(draft);
  return [
    { label: 'Menimbang', items: sentencesOf(draft.template.considering, words).map(lettered) },
    {
      label: 'Mengingat',
      items: byRank([...new Set(sentencesOf(draft.template.recalling, words))]).map(numbered),
    },
    ...(draft.noting.length > 0
      ? [{ label: 'Memperhatikan', items: draft.noting.map(numbered) }]
      : []),
  ];
}

export function dictumOf(draft: Draft): Clause[] {
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

export function wordsOf({ institution, kelurahan, term }: Draft): Words {
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

/** "Permendagri 18/2018" as a decree writes it: "Peraturan Menteri Dalam Negeri Nomor 18 Tahun 2018". */
export const inFull = (basis: string) =>
  basis
    .replace(/[.;\s]+$/, '')
    .replaceAll(
      /\b(UU|PP|Perpres|Permendagri|Permensos|Permenkes|Perda|Perwali)\b/g,
      (short) => kinds[short] ?? short,
    )
    .replaceAll(/\b(\d+)\/((?:19|20)\d{2})\b/g, 'Nomor $1 Tahun $2');

const kinds: Record<string, string> = {
  UU: 'Undang-Undang',
  PP: 'Peraturan Pemerintah',
  Perpres: 'Peraturan Presiden',
  Permendagri: 'Peraturan Menteri Dalam Negeri',
  Permensos: 'Peraturan Menteri Sosial',
  Permenkes: 'Peraturan Menteri Kesehatan',
  Perda: 'Peraturan Daerah',
  Perwali: 'Peraturan Wali Kota',
};

/** Regulations stand in a decree by rank (UU 12/2011, article 7), then by year and number; the rest comes last. */
export const byRank = (grounds: readonly string[]): string[] =>
  grounds.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      numberIn(a, /Tahun (\d{4})/) - numberIn(b, /Tahun (\d{4})/) ||
      numberIn(a, /Nomor (\d+)/) - numberIn(b, /Nomor (\d+)/),
  );

const ranks = [
  'Undang-Undang Dasar',
  'Undang-Undang',
  'Peraturan Pemerintah',
  'Peraturan Presiden',
  'Peraturan Menteri',
  'Peraturan Daerah',
  'Peraturan Gubernur',
  'Peraturan ',
];

function rankOf(ground: string): number {
  const rank = ranks.findIndex((kind) => ground.startsWith(kind));
  return rank === -1 ? ranks.length : rank;
}

const numberIn = (ground: string, shape: RegExp) => Number(shape.exec(ground)?.[1] ?? 9999);

const lettered = (text: string, index: number) => ({
  mark: `${String.fromCharCode(97 + index)}.`,
  text,
});

const numbered = (text: string, index: number) => ({ mark: `${index + 1}.`, text });
const clause = (label: string, text: string): Clause => ({ label, items: [{ mark: '', text }] });

const ordinals =
  'KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH'.split(' ');
