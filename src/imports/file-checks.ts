import * as format from '#src/format.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { KnownPerson, Plan } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import { decreeKey } from '#src/imports/register.ts';
import { wrong } from '#src/imports/row-checks.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { keyOf } from '#src/imports/slots.ts';
import { plain } from '#src/imports/type-names.ts';
import { boundBy, type RuleKind } from '#src/institution-rules/rules.ts';
import type { Office } from '#src/roster-changes/eligibility.ts';
import {
  checkConcurrentOffice,
  checkOneField,
  serviceField,
} from '#src/roster-changes/office-checks.ts';

/** What a row contradicts of the rows before it. */

type Appointed = {
  where: string;
  place: string;
  nikHex: string | null;
  title: string;
  office: Office;
};
export type EarlierRows = {
  /** By number and year. */
  decrees: Map<string, { decreedOn: string; where: string }>;
  /** By NIK, and by name with birth date. */
  offices: Map<string, Appointed[]>;
};
export const noRows = (): EarlierRows => ({ decrees: new Map(), offices: new Map() });

type Judged = { place: Place; plan: Plan; positionName: string; known: KnownPerson | null };

export function checkEarlierRows(
  row: IdentifiedRow,
  judged: Judged,
  earlier: EarlierRows,
): Problem[] {
  const isHolder = judged.plan.kind === 'nothing' || judged.plan.kind === 'facts';
  const problems = isHolder
    ? []
    : [...checkOffices(row, judged, earlier), ...checkDecreeDay(row, judged.plan, earlier)];
  rememberOffice(row, judged, earlier);
  return problems;
}

/** One number of a year is one decree of one day. */
function checkDecreeDay(
  { where }: IdentifiedRow,
  { decreeNumber, decreedOn }: Plan,
  { decrees }: EarlierRows,
): Problem[] {
  if (decreeNumber === null || decreedOn === null) return [];
  const key = decreeKey(decreeNumber, decreedOn);
  const first = decrees.get(key);
  if (!first) decrees.set(key, { decreedOn, where });
  if (!first || first.decreedOn === decreedOn) return [];
  return [
    wrong(
      'decreedOn',
      `SK nomor ${decreeNumber} bertanggal ${format.date(first.decreedOn)} menurut ${first.where}. Periksa nomor atau tanggalnya`,
    ),
  ];
}

/** The same question as about offices that are recorded, with the same answer. */
function checkOffices(
  row: IdentifiedRow,
  { place, plan, known }: Judged,
  { offices }: EarlierRows,
): Problem[] {
  const startOn = plan.startOn ?? format.today();
  const name = format.personName(plan.facts);
  const appointment = {
    institutionId: plan.institutionId ?? 0,
    institutionTypeId: place.type.id,
    positionTypeId: plan.positionTypeId,
    isChair: false,
    field: fieldOf(place, plan),
    kind: plan.kind.endsWith('acting') ? ('acting' as const) : ('definitive' as const),
    startOn,
    endOn: plan.endsOn,
    endingTenureIds: known?.offices.map(({ tenureId }) => tenureId) ?? [],
  };
  const rule = (kind: RuleKind) => boundBy(place.type.rules, kind, startOn);
  return othersOf(row, offices).flatMap(({ office, title, where, place: other }) => {
    const nominee = { ...nobody, name, offices: [office] };
    const concurrent =
      other === keyOf(place)
        ? []
        : checkConcurrentOffice(nominee, appointment, rule('concurrent_office'));
    return [...concurrent, ...checkOneField(nominee, appointment, rule('one_field'))]
      .filter(({ tone }) => tone !== 'good')
      .map(({ tone, note }) => ({
        field: 'name',
        level: tone === 'bad' ? 'error' : 'note',
        message: `${name} juga menjadi ${title} menurut ${where}. ${note ?? ''}`,
      }));
  });
}

const fieldOf = ({ institution }: Place, { seatId, label }: Plan) =>
  institution?.seats.find(({ id }) => id === seatId)?.field ?? serviceField(label);

const nobody = {
  hasNik: true,
  birthDate: null,
  educationRank: null,
  educationLabel: null,
  reviewFlag: null,
  nikWarnings: [],
};

/** Rows about the same person; two who have a NIK each are told apart by it. */
function othersOf(row: IdentifiedRow, offices: EarlierRows['offices']): Appointed[] {
  const found = keysOf(row).flatMap((key) => offices.get(key) ?? []);
  return [...new Set(found)].filter(
    (one) => one.nikHex === null || row.nikHex === null || one.nikHex === row.nikHex,
  );
}

const keysOf = ({ nikHex, values: { facts } }: IdentifiedRow) => [
  ...(nikHex === null ? [] : [nikHex]),
  ...(facts.birthDate === null ? [] : [`${plain(facts.name)} ${facts.birthDate}`]),
];

function rememberOffice(
  row: IdentifiedRow,
  { place, plan, positionName }: Judged,
  { offices }: EarlierRows,
) {
  const appointed: Appointed = {
    where: row.where,
    place: keyOf(place),
    nikHex: row.nikHex,
    title: `${positionName} di ${place.name}`,
    office: officeOf(place, plan),
  };
  for (const key of keysOf(row)) {
    const known = offices.get(key) ?? [];
    if (known.length < officesCompared) offices.set(key, [...known, appointed]);
  }
}

/** Of one person; a file that names somebody thousands of times would else take that much longer with each row. */
const officesCompared = 8;

/** As the database will tell it; an institution that the file brings has no id yet. */
function officeOf(place: Place, plan: Plan): Office {
  const seat = place.institution?.seats.find(({ id }) => id === plan.seatId);
  const tenureId = plan.kind === 'nothing' || plan.kind === 'facts' ? plan.holder?.tenureId : 0;
  const isActing =
    plan.kind.endsWith('acting') || seat?.acting.some((one) => one.tenureId === tenureId);
  const rule = place.type.rules.find(({ kind }) => kind === 'concurrent_office');
  const startOn = plan.startOn ?? format.today();
  return {
    tenureId: tenureId ?? 0,
    institutionId: plan.institutionId ?? -1,
    institutionName: place.name,
    kelurahanName: '',
    institutionTypeId: place.type.id,
    positionTypeId: plan.positionTypeId,
    positionName: '',
    kind: isActing ? 'acting' : 'definitive',
    forbidsOthers: rule !== undefined && rule.severity !== 'off',
    exclusive: rule?.severity === 'block' && rule.holdsFrom <= startOn,
    field: fieldOf(place, plan),
    startOn,
    endOn: plan.endsOn,
  };
}
