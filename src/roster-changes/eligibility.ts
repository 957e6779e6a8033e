import { boundBy, type RuleKind, type WordedRule } from '#src/institution-rules/rules.ts';
import { broken, fine, type Check } from '#src/roster-changes/check.ts';
import {
  checkConcurrentOffice,
  checkOneField,
  checkSameInstitution,
  checkTermLimit,
} from '#src/roster-changes/office-checks.ts';

/** An office of the person elsewhere or before, as `offices_of_people` tells it; `endOn` is the day after the last day. */
export type Office = {
  tenureId: number;
  institutionId: number;
  institutionName: string;
  kelurahanName: string;
  institutionTypeId: number;
  positionTypeId: number;
  positionName: string;
  kind: string;
  /** Whether its type minds offices elsewhere, and whether the database holds this tenure to it. */
  forbidsOthers: boolean;
  exclusive: boolean;
  /** Of a Posyandu: the field that the seat serves. */
  field: string | null;
  startOn: string;
  endOn: string | null;
};

export type Nominee = {
  name: string;
  hasNik: boolean;
  birthDate: string | null;
  educationRank: number | null;
  educationLabel: string | null;
  /** Set for occupations that the city wants looked at, such as civil servants. */
  reviewFlag: string | null;
  nikWarnings: string[];
  offices: Office[];
};

export type Appointment = {
  institutionId: number;
  institutionTypeId: number;
  positionTypeId: number;
  isChair: boolean;
  field: string | null;
  kind: 'definitive' | 'midterm' | 'acting';
  startOn: string;
  endOn: string | null;
  /** Tenures that end with this proposal. */
  endingTenureIds: number[];
};

/** The automatic checks of one appointment; a bad one is in the way of approval. */
export function checkAppointment(
  nominee: Nominee,
  appointment: Appointment,
  rules: readonly WordedRule[],
): Check[] {
  const rule = (kind: RuleKind) => boundBy(rules, kind, appointment.startOn);
  return [
    ...checkSameInstitution(nominee, appointment),
    ...checkConcurrentOffice(nominee, appointment, rule('concurrent_office')),
    ...checkOneField(nominee, appointment, rule('one_field')),
    ...checkTermLimit(nominee, appointment, rule('term_limit')),
    ...checkAge(nominee, appointment, [rule('minimum_age'), rule('maximum_age')]),
    ...checkEducation(nominee, rule('education')),
    ...checkExOfficio(nominee, appointment, rule('ex_officio_chair')),
    ...checkIdentity(nominee),
  ];
}

type MaybeRule = WordedRule | undefined;

function checkAge(nominee: Nominee, { startOn }: Appointment, rules: MaybeRule[]): Check[] {
  const known = rules.filter((rule) => rule !== undefined && rule.value !== null);
  const [first] = known;
  if (!first) return [];
  if (nominee.birthDate === null)
    return [broken(first, `Tanggal lahir ${nominee.name} belum diisi, usia tidak dapat diperiksa`)];
  const age = ageOn(nominee.birthDate, startOn);
  const problems = known.flatMap((rule) => {
    const limit = rule?.value ?? 0;
    if (rule?.kind === 'minimum_age' && age < limit)
      return [broken(rule, `${nominee.name} baru berusia ${age} tahun pada hari mulai bertugas`)];
    if (rule?.kind === 'maximum_age' && age > limit)
      return [broken(rule, `${nominee.name} sudah berusia ${age} tahun pada hari mulai bertugas`)];
    return [];
  });
  return problems.length > 0 ? problems : fine(`Usia ${age} tahun memenuhi syarat`);
}

function checkEducation(nominee: Nominee, rule: MaybeRule): Check[] {
  if (!rule || rule.value === null) return [];
  if (nominee.educationRank === null)
    return [{ ...broken(rule, `Pendidikan ${nominee.name} belum diisi`), tone: 'warn' }];
  return nominee.educationRank < rule.value
    ? [broken(rule, `Pendidikan ${nominee.name}: ${nominee.educationLabel ?? ''}`)]
    : fine('Pendidikan memenuhi syarat');
}

function checkExOfficio(nominee: Nominee, appointment: Appointment, rule: MaybeRule): Check[] {
  if (!rule || !appointment.isChair) return [];
  return [broken(rule, `Pastikan ${nominee.name} menjabat karena kedudukannya terhadap lurah`)];
}

function checkIdentity(nominee: Nominee): Check[] {
  const checks: Check[] = nominee.nikWarnings.map((title) => ({ tone: 'warn', title }));
  if (!nominee.hasNik) {
    checks.push({
      tone: 'warn',
      title: `NIK ${nominee.name} belum diisi`,
      note: 'Tanpa NIK, rangkap jabatan dan batas masa bakti tidak dapat diperiksa.',
    });
  }
  if (nominee.reviewFlag !== null) {
    checks.push({
      tone: 'warn',
      title: `Pekerjaan ${nominee.name} perlu diteliti: ${nominee.reviewFlag}`,
      note: 'Pastikan tidak ada aturan kepegawaian yang melarang jabatan ini.',
    });
  }
  return checks;
}

/** Whole years on a day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
