import type { WordedRule } from '#src/institution-rules/rules.ts';
import { broken, fine, type Check } from '#src/roster-changes/check.ts';
import type { Appointment, Nominee, Office } from '#src/roster-changes/eligibility.ts';

/** What offices held beside or before say of an appointment. */

type MaybeRule = WordedRule | undefined;

/** Offices that last beside the appointment. */
const officesBeside = (nominee: Nominee, appointment: Appointment) =>
  nominee.offices.filter(
    (office) =>
      !appointment.endingTenureIds.includes(office.tenureId) && overlaps(office, appointment),
  );

/** One seat a person within an institution, whatever its type asks. */
export function checkSameInstitution(nominee: Nominee, appointment: Appointment): Check[] {
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
export function checkConcurrentOffice(
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

export function checkOneField(
  nominee: Nominee,
  appointment: Appointment,
  rule: MaybeRule,
): Check[] {
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

/** The field that a seat of a Posyandu serves, read from its label as `service_field` of the database reads it. */
export const serviceField = (label: string | null): string | null =>
  label
    ?.replace(/\s*\d+\s*$/, '')
    .replace(/^\s*(koordinator|kader)?\s*(bidang)?\s*/i, '')
    .trim()
    .toLowerCase() || null;

export function checkTermLimit(
  nominee: Nominee,
  appointment: Appointment,
  rule: MaybeRule,
): Check[] {
  if (!rule || rule.value === null || !countsAsTerm(appointment, rule)) return [];
  const served = termsServed(nominee.offices, appointment.positionTypeId, rule);
  return served >= rule.value
    ? [broken(rule, `${nominee.name} sudah menjabat ${served} kali masa bakti dalam jabatan ini`)]
    : fine(`Masa bakti ke-${served + 1} dari paling banyak ${rule.value}`);
}

/** How many terms in this position the portal knows of. */
export const termsServed = (offices: Office[], positionTypeId: number, rule: WordedRule) =>
  offices.filter((office) => office.positionTypeId === positionTypeId && countsAsTerm(office, rule))
    .length;

/** The remainder of somebody else's term never counts; acting officers and caretakers where the rule says so. */
export const countsAsTerm = (office: { kind: string; startOn: string }, rule: WordedRule) =>
  (office.kind === 'definitive' || (rule.countsActing && isActing(office))) &&
  office.startOn >= (rule.countedFrom ?? '');

const isActing = ({ kind }: { kind: string }) => kind === 'acting' || kind === 'caretaker';

function overlaps(office: Office, appointment: Appointment): boolean {
  const officeEndsLater = office.endOn === null || office.endOn > appointment.startOn;
  const appointmentEndsLater = appointment.endOn === null || appointment.endOn > office.startOn;
  return officeEndsLater && appointmentEndsLater;
}
