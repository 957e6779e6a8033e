import { quoted, type Cells } from '#src/imports/cells.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { ColumnField } from '#src/imports/labels.ts';
import { tickedOf, type Answer } from '#src/imports/ticks.ts';

const male = /^(l|lk|laki|lakilaki|pria)$/;
const female = /^(p|pr|perempuan|wanita)$/;
const bare = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const ticks: (Answer & { sex: 'male' | 'female' })[] = [
  { field: 'sexMale', label: 'laki-laki', sex: 'male', isWord: (text) => male.test(bare(text)) },
  {
    field: 'sexFemale',
    label: 'perempuan',
    sex: 'female',
    isWord: (text) => female.test(bare(text)),
  },
];

/** From a column of L and P, or from a column of ticks for each. */
export function sexOf(row: Cells): 'male' | 'female' | null {
  const tick = tickedOf(row, ticks, 'Centang satu saja');
  if (tick) return tick.sex;
  const text = row.text('sex');
  const word = bare(text);
  if (male.test(word) || word === '1') return 'male';
  if (female.test(word) || word === '2') return 'female';
  if (word !== '') row.error('sex', `Jenis kelamin ${quoted(text)} tidak dikenal. Isi L atau P`);
  return null;
}

export function sexFieldOf(row: Cells, problems: readonly Problem[]): ColumnField {
  const isTicked = row.place('sex') < 0 && row.place('sexMale') >= 0;
  const wrong = problems.find(({ field }) => field.startsWith('sex'));
  return wrong?.field ?? (isTicked ? 'sexMale' : 'sex');
}
