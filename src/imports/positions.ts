import { capitalized, nearest } from '#src/imports/names.ts';
import { isRefusal, type Place, type Refusal } from '#src/imports/places.ts';
import type { InstitutionType, Position } from '#src/imports/roster.ts';
import { plain } from '#src/imports/type-names.ts';

/** Which position of its institution a row names. */
export type Named = {
  position: Position;
  /** The name of a seat that has one of its own, such as "Seksi Keamanan". */
  label: string | null;
  seatName: string;
  /** "Plt. Ketua": somebody who stands in, beside whoever holds the seat. */
  isActing: boolean;
};

const actingWord = /^(plt|plh|pjs|pj|pelaksana (tugas|harian)|pelaksana|penjabat)\b[.\s]*/i;

/** Whether a text may name somebody who stands in; a seat may also have such a name of its own. */
export const namesActing = (text: string) => actingWord.test(text);

/** The position a text names, with the label of a seat that has a name of its own. */
export function positionOf(text: string, place: Place): Named | Refusal {
  if (text === '') return { field: 'position', message: 'Isi jabatan, contoh Sekretaris' };
  const written = ownSeatOf(text, place);
  if (written || !namesActing(text)) return written ?? positionByName(text, place);
  const rest = text.replace(actingWord, '');
  const found = ownSeatOf(rest, place) ?? positionByName(rest, place);
  return isRefusal(found) ? found : { ...found, isActing: true };
}

function ownSeatOf(text: string, { type, institution }: Place): Named | null {
  const seats = institution?.seats ?? [];
  const seat =
    seats.find(({ name }) => name === text) ??
    seats.find(({ name }) => plain(name) === plain(text));
  const own = seat && type.positions.find(({ id }) => id === seat.positionTypeId);
  return seat && own ? { position: own, label: null, seatName: seat.name, isActing: false } : null;
}

function positionByName(text: string, { type }: Place): Named | Refusal {
  const short = shortOf(text, type);
  const found = type.positions.find(({ name }) => shortOf(name, type) === short);
  if (found) return { position: found, label: null, seatName: found.name, isActing: false };
  const [, head = ''] =
    /^(seksi|sie|bidang|ketua bidang|koordinator bidang|koordinator|kader|anggota pokja|anggota)\b/.exec(
      short,
    ) ?? [];
  const kinds: Record<string, string[]> = {
    seksi: ['section', 'section_head'],
    sie: ['section', 'section_head'],
    bidang: ['section', 'section_head'],
    'ketua bidang': ['section_head', 'section'],
    'koordinator bidang': ['field_coordinator', 'section'],
    koordinator: ['field_coordinator', 'section'],
    kader: ['cadre'],
    'anggota pokja': ['pokja_member'],
    anggota: ['member', 'pokja_member', 'section', 'section_head'],
  };
  const more = (kinds[head] ?? [])
    .map((code) => type.positions.find((one) => one.code === code))
    .find((one) => one);
  if (more)
    return {
      position: more,
      label: text === text.toUpperCase() ? capitalized(text) : text,
      seatName: text,
      isActing: false,
    };
  const names = type.positions.map(({ name }) =>
    name.replace(new RegExp(` ${type.shortName}$`), ''),
  );
  const near = nearest(text, names);
  return {
    field: 'position',
    message: `Jabatan “${text}” tidak dikenal. ${near ? `Maksud Anda “${near}”?` : `Pilih ${names.join(', ')}`}`,
    ...(near ? { suggestion: near } : {}),
  };
}

/** "Ketua RT 01/RW 03", "KETUA RT" and "Ketua" are one position of an RT. */
function shortOf(text: string, type: InstitutionType): string {
  const words = plain(text)
    .replaceAll(/\b(rt|rw)( \d+)?\b/g, '')
    .replace(/\btp pkk\b/, '');
  const without = [type.shortName, type.name].reduce(
    (rest, name) => rest.replace(new RegExp(`\\b${plain(name)}\\b`), ''),
    words,
  );
  return without.replaceAll(/\s+/g, ' ').trim();
}
