import * as format from '#src/format.ts';

export const changeKinds = ['replace', 'fill', 'acting', 'end', 'new_board'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeStatuses = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'refused',
  'cancelled',
  'expired',
] as const;
export type ChangeStatus = (typeof changeStatuses)[number];

export const endReasons = {
  resigned: 'Mengundurkan diri',
  deceased: 'Meninggal dunia',
  moved: 'Pindah domisili',
  unable: 'Berhalangan tetap',
  ineligible: 'Tidak lagi memenuhi syarat',
  dismissed: 'Diberhentikan',
  other_duty: 'Mendapat tugas lain',
} as const;
/** Why a tenure ended that no one resigned from: the next appointment ended it. */
const endsByAppointment = {
  new_board: 'Diganti susunan pengurus baru',
  definitive_appointed: 'Pejabat definitif sudah ditetapkan',
} as const;

/** A tenure's end reason in words; what an old record says in its own words stays. */
export const endReasonLabel = (reason: string): string =>
  new Map<string, string>(Object.entries({ ...endReasons, ...endsByAppointment })).get(reason) ??
  reason;

export type EndReason = keyof typeof endReasons;
export const isEndReason = (text: string): text is EndReason => Object.hasOwn(endReasons, text);

/** What a proposal changes, in words: "Ganti Sekretaris RT", "Susunan pengurus 2025–2030". */
export function changeTitle(change: {
  kind: ChangeKind;
  positionName: string | null;
  termLabel: string | null;
}): string {
  const position = change.positionName ?? 'pengurus';
  switch (change.kind) {
    case 'replace':
      return `Ganti ${position}`;
    case 'fill':
      return `Isi jabatan ${position}`;
    case 'acting':
      return `Pelaksana ${position}`;
    case 'end':
      return `Pemberhentian ${position}`;
    case 'new_board':
      return `Susunan pengurus ${change.termLabel ?? 'baru'}`;
  }
}

export const statusBadge: Record<
  ChangeStatus,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  draft: { label: 'Draf' },
  submitted: { label: 'Menunggu persetujuan', tone: 'warn' },
  approved: { label: 'Disetujui', tone: 'good' },
  returned: { label: 'Perlu perbaikan', tone: 'bad' },
  refused: { label: 'Ditolak', tone: 'bad' },
  cancelled: { label: 'Dibatalkan' },
  expired: { label: 'Kedaluwarsa', tone: 'bad' },
};

/** What an institution type asks of its officers; each rule blocks, warns or is off. */
export type TypeRules = {
  maxTerms: number | null;
  termLimitRule: string;
  exclusivityGroup: string;
  concurrentOfficeRule: string;
  minimumAge: number | null;
  ageRule: string;
  minimumEducation: number | null;
  educationRule: string;
  ruleSource: string | null;
};

/** An office of the person elsewhere or before, as `offices_of_person` tells it; `endOn` is the day after the last day. */
export type Office = {
  tenureId: number;
  institutionId: number;
  institutionName: string;
  kelurahanName: string;
  positionTypeId: number;
  positionName: string;
  kind: string;
  exclusivityGroup: string;
  counts: boolean;
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
  positionTypeId: number;
  acting: boolean;
  /** A full term counts toward the limit; the remainder of somebody else's term does not. */
  counts: boolean;
  startOn: string;
  endOn: string | null;
  /** Tenures that end with this proposal. */
  endingTenureIds: number[];
};

export type Check = { tone: 'good' | 'warn' | 'bad'; title: string; note?: string };

/** The automatic checks of one appointment; a bad one is in the way of approval. */
export function checkAppointment(
  nominee: Nominee,
  appointment: Appointment,
  rules: TypeRules,
): Check[] {
  return [
    ...checkConcurrentOffice(nominee, appointment, rules),
    ...checkTermLimit(nominee, appointment, rules),
    ...checkAge(nominee, appointment, rules),
    ...checkEducation(nominee, rules),
    ...checkIdentity(nominee),
  ];
}

/** No concurrent office in another LKK (Permendagri 18/2018), and one seat a person within an institution. */
function checkConcurrentOffice(
  nominee: Nominee,
  appointment: Appointment,
  rules: TypeRules,
): Check[] {
  if (appointment.acting) return [];
  const current = nominee.offices.filter(
    (office) =>
      office.kind !== 'acting' &&
      office.kind !== 'caretaker' &&
      !appointment.endingTenureIds.includes(office.tenureId) &&
      overlaps(office, appointment),
  );
  const here = current.filter((office) => office.institutionId === appointment.institutionId);
  const elsewhere = current.filter(
    (office) =>
      office.institutionId !== appointment.institutionId &&
      office.exclusivityGroup === rules.exclusivityGroup,
  );
  return [
    ...here.map((office): Check => ({
      tone: 'bad',
      title: `${nominee.name} sudah menjabat ${office.positionName} di lembaga ini`,
      note: 'Satu orang memegang satu jabatan dalam satu lembaga. Usulkan pemberhentiannya dari jabatan itu lebih dulu.',
    })),
    ...broken(
      rules.concurrentOfficeRule,
      elsewhere.map(
        (office) =>
          `${nominee.name} sudah menjabat ${office.positionName} di ${office.institutionName}, Kelurahan ${office.kelurahanName}`,
      ),
      `Larangan rangkap jabatan${sourceOf(rules)}`,
      here.length === 0 ? 'Tidak rangkap jabatan di lembaga lain' : null,
    ),
  ];
}

function checkTermLimit(nominee: Nominee, appointment: Appointment, rules: TypeRules): Check[] {
  if (rules.maxTerms === null || !appointment.counts) return [];
  const served = nominee.offices.filter(
    (office) => office.counts && office.positionTypeId === appointment.positionTypeId,
  ).length;
  const problem =
    served >= rules.maxTerms
      ? [`${nominee.name} sudah menjabat ${served} kali masa bakti dalam jabatan ini`]
      : [];
  return broken(
    rules.termLimitRule,
    problem,
    `Paling banyak ${rules.maxTerms} kali masa bakti${sourceOf(rules)}`,
    `Masa bakti ke-${served + 1} dari paling banyak ${rules.maxTerms}`,
  );
}

function checkAge(nominee: Nominee, appointment: Appointment, rules: TypeRules): Check[] {
  if (rules.minimumAge === null) return [];
  const note = `Usia paling rendah ${rules.minimumAge} tahun${sourceOf(rules)}`;
  if (nominee.birthDate === null) {
    return broken(
      rules.ageRule,
      [`Tanggal lahir ${nominee.name} belum diisi, usia tidak dapat diperiksa`],
      note,
      null,
    );
  }
  const age = ageOn(nominee.birthDate, appointment.startOn);
  const problem =
    age < rules.minimumAge
      ? [`${nominee.name} baru berusia ${age} tahun pada hari mulai bertugas`]
      : [];
  return broken(rules.ageRule, problem, note, `Usia ${age} tahun memenuhi syarat`);
}

function checkEducation(nominee: Nominee, rules: TypeRules): Check[] {
  if (rules.minimumEducation === null) return [];
  const note = `Pendidikan paling rendah SLTP/sederajat${sourceOf(rules)}`;
  if (nominee.educationRank === null) {
    return broken(
      rules.educationRule === 'off' ? 'off' : 'warn',
      [`Pendidikan ${nominee.name} belum diisi`],
      note,
      null,
    );
  }
  const problem =
    nominee.educationRank < rules.minimumEducation
      ? [`Pendidikan ${nominee.name}: ${nominee.educationLabel ?? ''}`]
      : [];
  return broken(rules.educationRule, problem, note, 'Pendidikan memenuhi syarat');
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

function broken(rule: string, problems: string[], note: string, fine: string | null): Check[] {
  if (rule === 'off') return [];
  if (problems.length === 0) return fine === null ? [] : [{ tone: 'good', title: fine }];
  return problems.map((title) => ({ tone: rule === 'block' ? 'bad' : 'warn', title, note }));
}

const sourceOf = (rules: TypeRules) => (rules.ruleSource ? `. Dasar: ${rules.ruleSource}` : '');

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

/** Last day proposed for a new board: the type's years after its first day (Permendagri 18/2018: five years from determination). */
export const proposedEnd = (startsOn: string, termYears: number | null) =>
  format.lastDay(format.addYears(startsOn, termYears ?? 5));
