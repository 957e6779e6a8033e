import { capitalized } from '#src/imports/names.ts';
import type { InstitutionType } from '#src/imports/roster.ts';

/** The names of institution types in texts that people wrote. */

type TypeNames = Pick<InstitutionType, 'id' | 'code' | 'name' | 'shortName'>;

/** "RT", "Rukun Tetangga", "Posyandu Mawar", "Ketua RT 01": the type whose name the text holds. */
export function typeOf<Type extends TypeNames>(text: string, types: Type[]): Type | undefined {
  const words = ` ${plain(text)} `;
  const exact = types.find((type) => namesOf(type).some((name) => words === ` ${name} `));
  return exact ?? types.find((type) => namesOf(type).some((name) => words.includes(` ${name} `)));
}

/** "DAFTAR PENGURUS RT" is of one type, "DAFTAR PENGURUS RT DAN RW" of none that a row could be taken for. */
export function onlyTypeIn<Type extends TypeNames>(text: string, types: Type[]): Type | null {
  const words = ` ${plain(text)} `;
  const [only, another] = types.filter((type) =>
    namesOf(type).some((name) => words.includes(` ${name} `)),
  );
  return another ? null : (only ?? null);
}

const namesOf = ({ code, name, shortName }: TypeNames) =>
  [code.replaceAll('_', ' '), name, shortName].map(plain);

export const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/([a-z])(\d)/g, '$1 $2')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** Without the type's own name: "Pokmas Sinar Mulia" and "Sinar Mulia" are one. */
export const bareName = (name: string, type: TypeNames) =>
  namesOf(type).reduce((rest, word) => rest.replace(new RegExp(`^${word}\\s*`), ''), plain(name));

/** POKMAS SINAR MULIA is Pokmas Sinar Mulia, and LPM stays LPM. */
export const nameInWords = (text: string, { shortName }: TypeNames) =>
  capitalized(text).replace(new RegExp(`^${shortName}\\b`, 'i'), shortName);
