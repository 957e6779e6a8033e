/** The words of a Keputusan Lurah, one sentence a line; words in braces are filled in for each decree. */
export type Template = { considering: string; recalling: string; dictum: string; copies: string };

export const templateWords = [
  'lembaga',
  'jenis',
  'kelurahan',
  'kecamatan',
  'kota',
  'masa_bakti',
  'mulai',
  'selesai',
  'dasar',
] as const;
export type Words = Record<(typeof templateWords)[number], string>;

/** What a type without texts of its own gets; the city's legal office replaces it (domain.md, section 5.3). */
export const usualTemplate: Template = {
  considering: [
    'bahwa untuk kelancaran penyelenggaraan pemerintahan, pembangunan, dan pemberdayaan masyarakat di Kelurahan {kelurahan}, susunan pengurus {lembaga} perlu ditetapkan;',
    'bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan Lurah.',
  ].join('\n'),
  recalling: [
    'Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 6 Tahun 2023;',
    'Peraturan Pemerintah Nomor 17 Tahun 2018 tentang Kecamatan;',
    '{dasar}',
  ].join('\n'),
  dictum: [
    'Pengurus sebagaimana dimaksud dalam Diktum KESATU mempunyai tugas dan fungsi sesuai dengan ketentuan peraturan perundang-undangan.',
    'Masa bakti pengurus terhitung sejak tanggal {mulai} sampai dengan {selesai}.',
    'Segala biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada sumber dana yang sah dan tidak mengikat.',
    'Keputusan ini mulai berlaku pada tanggal ditetapkan.',
  ].join('\n'),
  copies: ['Camat {kecamatan}', 'Ketua {lembaga}', 'Arsip'].join('\n'),
};

/** The sentences of one part, filled in; a line that is left empty disappears. */
export const sentencesOf = (text: string, words: Words): string[] =>
  fillIn(text, words)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const fillIn = (line: string, words: Words) =>
  line.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) => (isWord(name) ? words[name] : whole));

const isWord = (name: string): name is keyof Words => templateWords.some((known) => known === name);

/** A word in braces that means nothing, or null. */
export function unknownWord(text: string): string | null {
  for (const [, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) if (!isWord(name)) return name;
  return null;
}
