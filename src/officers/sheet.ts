import type { SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import { rosterColumns, type RosterField } from '#src/officers/columns.ts';
import { kindLabels, kindNames } from '#src/officers/rules.ts';
import type { SheetLine, Sight } from '#src/officers/sheet-lines.ts';
import { seesPrivateFacts } from '#src/people/rules.ts';
import type { Sheet } from '#src/spreadsheets.ts';

export const sightOf = (account: Pick<SignedInAccount, 'role'>): Sight => ({
  privateFacts: seesPrivateFacts(account.role),
  phones: seesPhones(account),
});

/** NIK by person, for those who asked for them with a reason; null for everyone else. */
export type NikByPerson = ReadonlyMap<number, string> | null;

/**
 * The columns of the import's template, so that the sheet can be imported again. What the account may not see has no
 * column: an empty one would read as unknown.
 */
export function rosterTable(
  lines: readonly SheetLine[],
  { sight, niks }: { sight: Sight; niks: NikByPerson },
): Pick<Sheet, 'columns' | 'rows'> {
  const columns = rosterColumns.filter(({ field }) => isSeen(field, sight, niks));
  return {
    columns: columns.map(({ label, width, field }) => ({
      label,
      width,
      ...(field === 'number' && { number: true as const }),
      ...(dateFields.has(field) && { date: true as const }),
    })),
    rows: lines.map((line, index) =>
      columns.map(({ field }) => (field === 'number' ? index + 1 : valueOf(field, line, niks))),
    ),
  };
}

const dateFields: ReadonlySet<RosterField> = new Set([
  'birthDate',
  'decreedOn',
  'startOn',
  'endOn',
]);

const privateFields: ReadonlySet<RosterField> = new Set([
  'birthPlace',
  'birthDate',
  'address',
  'rt',
  'rw',
]);

function isSeen(field: RosterField, { privateFacts, phones }: Sight, niks: NikByPerson): boolean {
  if (field === 'nik') return niks !== null;
  if (field === 'phone') return phones;
  return privateFacts || !privateFields.has(field);
}

function valueOf(
  field: Exclude<RosterField, 'number'>,
  line: SheetLine,
  niks: NikByPerson,
): string | null {
  switch (field) {
    case 'name':
      return line.name && format.personName({ ...line, name: line.name });
    case 'nik':
      return line.personId === null ? null : (niks?.get(line.personId) ?? null);
    case 'sex':
      return line.sex && (line.sex === 'female' ? 'P' : 'L');
    case 'rt':
      return territoryNumber(line.rtNumber);
    case 'rw':
      return territoryNumber(line.rwNumber);
    case 'institutionType':
      return line.typeName;
    case 'institution':
      return line.institutionName;
    case 'position':
      return `${kindLabelOf(line)} ${line.seatName}`.trim();
    case 'phone':
      return line.phone && format.phone(line.phone);
    case 'endOn':
      return line.endOn && format.lastDay(line.endOn);
    case 'termNumber':
      return line.termNumber === null ? null : String(line.termNumber);
    case 'status':
      return standing(line);
    case 'note':
      return line.exception && `Pengecualian: ${line.exception}`;
    default:
      return line[field];
  }
}

/** Whoever stands in is named so before the position; a replacement for the rest of a term is an ordinary holder. */
const kindLabelOf = ({ kind }: SheetLine) =>
  kind === 'acting' || kind === 'caretaker' ? (kindLabels[kind] ?? '') : '';

const territoryNumber = (value: number | null) =>
  value === null ? null : String(value).padStart(3, '0');

function standing({ kind, overdue }: SheetLine): string {
  if (kind === null) return 'Kosong';
  return overdue ? 'Habis, belum diganti' : (kindNames[kind] ?? kind);
}
