import type { Transaction } from '#src/database.ts';
import { lastDay } from '#src/format.ts';
import { listRules } from '#src/institution-rules/repository.ts';
import { boundBy, type WordedRule } from '#src/institution-rules/rules.ts';
import { plannedEnd, tenureKind } from '#src/roster-changes/approval.ts';
import { incomingName, type Change, type ChangeLine } from '#src/roster-changes/change.ts';
import { broken, type Check } from '#src/roster-changes/check.ts';
import { checkAppointment } from '#src/roster-changes/eligibility.ts';
import { hex, nomineesOf } from '#src/roster-changes/nominees.ts';
import { proposedEnd } from '#src/roster-changes/rules.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

/** What the rules of the type say of everyone who would take a seat. */
export async function checkChange(tx: Transaction, change: Change): Promise<Check[]> {
  const { effectiveOn } = change;
  if (effectiveOn === null) return [];
  const board = await findBoardOn(tx, change.institution.id, effectiveOn);
  const appointed = change.lines.filter((line) => incomingName(line) !== null);
  const nominees = await nomineesOf(tx, change, appointed);
  const kind = tenureKind(change, board);
  const endOn = change.kind === 'new_board' ? change.termEndsOn : plannedEnd(change, board);
  const endingTenureIds = await endingTenures(tx, change);
  const rules = await listRules(tx, change.institution.type.id);
  const fields = await serviceFields(tx, appointed);

  const checks = appointed.flatMap((line, index) => {
    const nominee = nominees[index];
    if (!nominee) return [];
    return checkAppointment(
      nominee,
      {
        institutionId: change.institution.id,
        institutionTypeId: change.institution.type.id,
        positionTypeId: line.positionTypeId,
        isChair: line.isChair,
        field: fields.get(line.seatId) ?? null,
        kind,
        startOn: effectiveOn,
        endOn,
        endingTenureIds,
      },
      rules,
    ).map((check) => ({ ...check, seatId: line.seatId, nominee: nominee.name }));
  });
  const whole = [...checkWhole(change, board, rules), ...checkRequired(change, rules)];
  return [...whole, ...checkSeatedTwice(change), ...checks].toSorted(byWeight);
}

const weight = { bad: 0, warn: 1, good: 2 };
const byWeight = (a: Check, b: Check) => weight[a.tone] - weight[b.tone];

/** What concerns the proposal as a whole rather than one person. */
function checkWhole(
  change: Change,
  board: { startsOn: string } | null,
  rules: readonly WordedRule[],
): Check[] {
  const checks: Check[] = [];
  const effectiveOn = change.effectiveOn ?? '';
  for (const { outgoing } of change.lines) {
    if (outgoing && effectiveOn <= outgoing.startOn) {
      checks.push({
        tone: 'bad',
        title: `Tanggal berlaku tidak sesudah hari pertama ${outgoing.name} menjabat`,
        note: 'Pilih tanggal yang lebih kemudian.',
      });
    }
  }
  if (change.kind === 'new_board') {
    const years = boundBy(rules, 'term_years', effectiveOn);
    if (years && years.value !== null && isLonger(change, years.value))
      checks.push(broken(years, `Masa bakti susunan baru lebih dari ${years.value} tahun`));
    if (change.lines.every((line) => incomingName(line) === null)) {
      checks.push({ tone: 'bad', title: 'Belum ada seorang pun dalam susunan baru' });
    }
  } else if (
    boundBy(rules, 'term_years', effectiveOn) !== undefined &&
    board === null &&
    (change.kind === 'replace' || change.kind === 'fill')
  ) {
    checks.push({
      tone: 'warn',
      title: 'Masa bakti kepengurusan sudah berakhir pada tanggal ini',
      note: 'Sebaiknya usulkan susunan pengurus baru untuk satu masa bakti.',
    });
  }
  return checks;
}

const isLonger = ({ effectiveOn, termEndsOn }: Change, years: number) =>
  effectiveOn !== null &&
  termEndsOn !== null &&
  lastDay(termEndsOn) > proposedEnd(effectiveOn, years);

/** Seats that a new board leaves empty although the type wants them filled; the chair's is named in any case. */
function checkRequired(change: Change, rules: readonly WordedRule[]): Check[] {
  if (change.kind !== 'new_board') return [];
  const rule = boundBy(rules, 'required_positions', change.effectiveOn ?? '');
  return change.lines
    .filter((line) => incomingName(line) === null && (line.isChair || (rule && line.required)))
    .map((line) => {
      const title = `Jabatan ${line.positionName} dibiarkan kosong dalam susunan baru`;
      return rule ? broken(rule, title) : { tone: 'warn', title };
    });
}

/** The field that each seat serves, as the database reads it from the seat's label. */
async function serviceFields(tx: Transaction, lines: ChangeLine[]): Promise<Map<number, string>> {
  const rows = await tx.$queryRaw<{ id: number; field: string | null }[]>`
    SELECT id, service_field(label) AS field FROM seats WHERE id = ANY (${lines.map(({ seatId }) => seatId)}::int[])`;
  return new Map(rows.flatMap(({ id, field }) => (field === null ? [] : [[id, field]])));
}

/** In a new board one person may be named for two seats by mistake; the database would refuse it. */
function checkSeatedTwice(change: Change): Check[] {
  const seats = new Map<string, ChangeLine[]>();
  for (const line of change.lines) {
    const personId = line.incoming?.id ?? line.candidatePersonId;
    const key = personId
      ? `person:${personId}`
      : line.candidateNikIndex && hex(line.candidateNikIndex);
    if (key) seats.set(key, [...(seats.get(key) ?? []), line]);
  }
  return [...seats.values()]
    .filter((lines) => lines.length > 1)
    .map((lines) => ({
      tone: 'bad',
      title: `${lines[0] ? incomingName(lines[0]) : ''} ditempatkan pada ${lines.length} jabatan: ${lines.map(({ positionName }) => positionName).join(', ')}`,
      note: 'Satu orang memegang satu jabatan dalam satu lembaga.',
    }));
}

async function endingTenures(tx: Transaction, change: Change): Promise<number[]> {
  if (change.kind !== 'new_board')
    return change.lines.flatMap(({ outgoing }) => outgoing?.tenureId ?? []);
  const open = await tx.tenure.findMany({
    where: { institutionId: change.institution.id, voidedAt: null, endedOn: null },
    select: { id: true },
  });
  return open.map(({ id }) => id);
}
