import type { Transaction } from '#src/database.ts';
import { addDays, prismaDate } from '#src/format.ts';

/** Days before today on which officers confirmed, and on which the texts changed. */
const firstRound = 30;
const change = 12;
const secondRound = 5;

/** Duties that changed, a local one, and who had confirmed before and after: some are done, some are asked again. */
export async function loadDuties(tx: Transaction, today: string): Promise<void> {
  const day = (ago: number) => addDays(today, -ago);
  await confirmOnPaper(tx, { day: day(firstRound), from: 0, until: 1 });
  await confirmByAccount(tx, 'ketua.sinarmulia', day(firstRound));
  for (const { type, position, from, to } of changes)
    await changeText(tx, { type, position, from, to, day: day(change) });
  await addLocalDuty(tx, day(change));
  await confirmOnPaper(tx, { day: day(secondRound), from: 2, until: 2 });
}

const changes = [
  {
    type: 'POKMAS',
    position: 'chair',
    from: 'Menyampaikan laporan berkala kepada lurah',
    to: 'Menyampaikan laporan kegiatan dan keuangan kepada lurah setiap tiga bulan',
  },
  {
    type: 'RT',
    position: 'treasurer',
    from: 'Menyusun laporan keuangan berkala',
    to: 'Menyusun laporan keuangan setiap tiga bulan dan menempelkannya di papan pengumuman',
  },
];

type Change = (typeof changes)[number] & { day: string };

async function changeText(tx: Transaction, { type, position, from, to, day }: Change) {
  const duty = await tx.duty.findFirstOrThrow({
    where: { text: from, positionType: { code: position, institutionType: { code: type } } },
    select: {
      id: true,
      institutionTypeId: true,
      positionTypeId: true,
      kind: true,
      legalBasis: true,
      sortOrder: true,
    },
  });
  const { id, ...kept } = duty;
  await tx.duty.update({ where: { id }, data: { validUntil: prismaDate(day) } });
  await tx.duty.create({ data: { ...kept, firstId: id, text: to, validFrom: prismaDate(day) } });
}

async function addLocalDuty(tx: Transaction, day: string) {
  const institution = await tx.institution.findFirstOrThrow({
    where: { name: 'Pokmas Sinar Mulia' },
    select: { id: true, kelurahanId: true, institutionTypeId: true },
  });
  const chair = await tx.positionType.findFirstOrThrow({
    where: { institutionTypeId: institution.institutionTypeId, isChair: true },
    select: { id: true },
  });
  const { id: institutionId, ...place } = institution;
  await tx.duty.create({
    data: {
      ...place,
      institutionId,
      positionTypeId: chair.id,
      kind: 'duty',
      text: 'Memegang kunci gudang alat bersama dan mencatat peminjamannya',
      legalBasis: 'Musyawarah anggota Pokmas Sinar Mulia',
      sortOrder: 1,
      validFrom: prismaDate(day),
    },
  });
}

/** Of every five officers of a kelurahan with staff, those whose place in the row lies between the two. */
async function confirmOnPaper(
  tx: Transaction,
  { day, from, until }: { day: string; from: number; until: number },
) {
  await tx.$executeRaw`
    INSERT INTO duty_confirmations (tenure_id, institution_id, kelurahan_id, officer_name, position_name, institution_name,
      duty_ids, means, confirmed_on, confirmed_by, confirmed_by_name)
    SELECT t.id, t.institution_id, t.kelurahan_id, concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title),
      COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END), i.name,
      (SELECT array_agg(d.id ORDER BY d.id) FROM duties d WHERE d.institution_type_id = t.institution_type_id
        AND d.institution_id IS NULL AND (d.position_type_id IS NULL OR d.position_type_id = t.position_type_id)
        AND d.valid_from <= ${day}::date AND (d.valid_until IS NULL OR d.valid_until > ${day}::date)),
      'paper', ${day}::date, a.id, a.display_name
    FROM (SELECT t.*, row_number() OVER (PARTITION BY t.kelurahan_id ORDER BY t.id) AS place FROM tenures t
      WHERE t.voided_at IS NULL AND t.valid @> ${day}::date AND t.lane = 'definitive') t
    JOIN institutions i ON i.id = t.institution_id AND i.name <> 'Pokmas Sinar Mulia'
    JOIN people q ON q.id = t.person_id
    JOIN seats e ON e.id = t.seat_id
    JOIN position_types p ON p.id = t.position_type_id
    JOIN accounts a ON a.kelurahan_id = t.kelurahan_id AND a.role = 'staff'
    WHERE t.place <= 200 AND t.place % 5 BETWEEN ${from} AND ${until}`;
}

async function confirmByAccount(tx: Transaction, username: string, day: string) {
  await tx.$executeRaw`
    INSERT INTO duty_confirmations (tenure_id, institution_id, kelurahan_id, officer_name, position_name, institution_name,
      duty_ids, means, confirmed_on, confirmed_by, confirmed_by_name)
    SELECT t.id, t.institution_id, t.kelurahan_id, a.display_name, 'Plt. ' || p.name, i.name,
      (SELECT array_agg(d.id ORDER BY d.id) FROM duties d WHERE d.institution_type_id = t.institution_type_id
        AND d.institution_id IS NULL AND (d.position_type_id IS NULL OR d.position_type_id = t.position_type_id)
        AND d.valid_from <= ${day}::date AND (d.valid_until IS NULL OR d.valid_until > ${day}::date)),
      'account', ${day}::date, a.id, a.display_name
    FROM accounts a JOIN tenures t ON t.id = a.tenure_id JOIN institutions i ON i.id = t.institution_id
    JOIN position_types p ON p.id = t.position_type_id WHERE a.username = ${username}`;
}
