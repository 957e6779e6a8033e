import { boundBy, type RuleKind, type WordedRule } from '#src/institution-rules/rules.ts';

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

/** A broken rule names its kind, and the seat and nominee that break it. */
export type Check = {
  tone: 'good' | 'warn' | 'bad';
  title: string;
  note?: string;
  rule?: RuleKind;
  seatId?: number;
  nominee?: string;
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

const isActing = ({ kind }: { kind: string }) => kind === 'acting' || kind === 'caretaker';

/** Offices that last beside the appointment. */
const officesBeside = (nominee: Nominee, appointment: Appointment) =>
  nominee.offices.filter(
    (office) =>
      !appointment.endingTenureIds.includes(office.tenureId) && overlaps(office, appointment),
  );

/** One seat a person within an institution, whatever its type asks. */
function checkSameInstitution(nominee: Nominee, appointment: Appointment): Check[] {
  if (isActing(appointment)) return [];
  return officesBeside(nominee, appointment)
    .filter((office) => !isActing(office) && office.institutionId === appointment.institutionId)
    .map((office) => ({
      tone: 'bad',
      title: `${nominee.name} sudah menjabat ${office.positionName} di lembaga ini`,
      note: 'Satu orang memegang satu jabatan dalam satu lembaga. Usulkan pemberhentiannya dari jabatan itu lebih dulu.',
    }));
}

/** Two offices are in the way of each other where both their types say so; the database holds the same. */
function checkConcurrentOffice(
  nominee: Nominee,
  appointment: Appointment,
  rule: MaybeRule,
): Check[] {
  if (!rule || isActing(appointment)) return [];
  const elsewhere = officesBeside(nominee, appointment).filter(
    (office) =>
      !isActing(office) &&
      office.forbidsOthers &&
      office.institutionId !== appointment.institutionId,
  );
  if (elsewhere.length === 0) return fine('Tidak rangkap jabatan di lembaga lain');
  return elsewhere.map((office) => ({
    ...broken(
      rule,
      `${nominee.name} sudah menjabat ${office.positionName} di ${office.institutionName}, Kelurahan ${office.kelurahanName}`,
    ),
    ...(office.exclusive ? {} : { tone: 'warn' }),
  }));
}

function checkOneField(nominee: Nominee, appointment: Appointment, rule: MaybeRule): Check[] {
  const { field, institutionTypeId } = appointment;
  if (!rule || field === null) return [];
  return officesBeside(nominee, appointment)
    .filter(
      (office) =>
        office.institutionTypeId === institutionTypeId &&
        office.field !== null &&
        office.field !== field,
    )
    .map((office) =>
      broken(
        rule,
        `${nominee.name} sudah bertugas sebagai ${office.positionName} di ${office.institutionName}`,
      ),
    );
}

function checkTermLimit(nominee: Nominee, appointment: Appointment, rule: MaybeRule): Check[] {
  if (!rule || rule.value === null || !countsAsTerm(appointment, rule)) return [];
  const served = nominee.offices.filter(
    (office) => office.positionTypeId === appointment.positionTypeId && countsAsTerm(office, rule),
  ).length;
  return served >= rule.value
    ? [broken(rule, `${nominee.name} sudah menjabat ${served} kali masa bakti dalam jabatan ini`)]
    : fine(`Masa bakti ke-${served + 1} dari paling banyak ${rule.value}`);
}

/** The remainder of somebody else's term never counts; acting officers and caretakers where the rule says so. */
const countsAsTerm = (office: { kind: string; startOn: string }, rule: WordedRule) =>
  (office.kind === 'definitive' || (rule.countsActing && isActing(office))) &&
  office.startOn >= (rule.countedFrom ?? '');

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

/** A rule that is broken: its sentence, its name and source, and what that means for the approval. */
export const broken = (rule: WordedRule, title: string): Check => ({
  tone: rule.severity === 'block' ? 'bad' : 'warn',
  title,
  note: rule.text,
  rule: rule.kind,
});

const fine = (title: string): Check[] => [{ tone: 'good', title }];

function overlaps(office: Office, appointment: Appointment): boolean {
  const officeEndsLater = office.endOn === null || office.endOn > appointment.startOn;
  const appointmentEndsLater = appointment.endOn === null || appointment.endOn > office.startOn;
  return officeEndsLater && appointmentEndsLater;
}

/** Whole years on a day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
