import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { hashOfToken, invitationToken } from '#src/invitations/tokens.ts';
import { as } from './app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makePerson,
  seatOf,
  unique,
} from './fixtures.ts';
import { makeTraining } from './trainings.ts';

const minute = 60_000;

/** A training of today whose first session began a while ago, with these people invited and the staff who run it. */
export async function makeDay(
  names: readonly string[],
  { startedMinutesAgo = 0 }: { startedMinutesAgo?: number } = {},
) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const invitees = [];
  for (const [index, name] of names.entries()) {
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name });
    invitees.push({
      kelurahanId: kelurahan.id,
      institutionId: institution.id,
      seatId: seat.id,
      personId: person.id,
      name,
      positionName: 'Ketua',
      institutionName: `Pokmas Melati ${index}`,
      phone: `+62812${String(unique()).padStart(4, '0')}${1000 + index}`,
    });
  }
  const training = await makeTraining({ kelurahanId: kelurahan.id, invitees });
  const [morning, afternoon] = training.sessions;
  if (!morning || !afternoon) throw new Error('no sessions');
  const startsAt = new Date(Date.now() - startedMinutesAgo * minute);
  await asActor(systemActor('tests'), (tx) =>
    tx.trainingSession.update({
      where: { id: morning.id },
      data: { startsAt, endsAt: new Date(startsAt.getTime() + 180 * minute) },
    }),
  );
  return {
    kecamatan,
    kelurahan,
    training,
    people: training.invitations,
    session: morning,
    afternoon,
    url: `/pelatihan/${training.id}/sesi/${morning.id}`,
    staff: await as(await makeAccount('staff', { kelurahanId: kelurahan.id })),
    lurah: await as(await makeAccount('lurah', { kelurahanId: kelurahan.id })),
  };
}

export type Day = Awaited<ReturnType<typeof makeDay>>;

/** So many people without an invitation on the list, "Warga 1" and so on. */
export const addCrowd = (trainingId: number, count: number) =>
  asActor(
    systemActor('tests'),
    (tx) => tx.$executeRaw`
      INSERT INTO training_invitations (training_id, kind, name, sort_name, token_hash, code)
      SELECT ${trainingId}::int, 'walk_in', 'Warga ' || n, 'Warga ' || n, sha256((n || ' of ' || ${trainingId}::int)::bytea),
        translate(lpad(to_hex(n), 6, 'K'), '01abcdef', 'YZABCDEF') FROM generate_series(1, ${count}::int) n`,
  );

/** What the database keeps of somebody in the first session. */
export async function keptOf(day: Day, invitationId: number) {
  const where = { sessionId: day.session.id, invitationId };
  return asActor(systemActor('tests'), async (tx) => ({
    attendances: await tx.attendance.findMany({ where }),
    scans: await tx.checkIn.findMany({ where, orderBy: { id: 'asc' } }),
  }));
}

/** The pages of the day of a training, with somebody on its list: what all read, and what its recorders open too. */
export async function dayPagesOf(training: { id: number; sessions: { id: number }[] }) {
  const token = invitationToken({ trainingId: training.id, code: '234567' });
  const guest = await asActor(systemActor('tests'), (tx) =>
    tx.trainingInvitation.create({
      data: {
        trainingId: training.id,
        kind: 'walk_in',
        name: 'Tamu Uji',
        sortName: 'Tamu Uji',
        tokenHash: hashOfToken(token),
        code: '234567',
      },
    }),
  );
  const session = `/pelatihan/${training.id}/sesi/${training.sessions[0]?.id}`;
  return {
    /** Without signing in, by the private link. */
    linked: [`/u/${token}`, `/u/${token}/tes/pra`],
    read: [
      `/pelatihan/${training.id}/tes`,
      `/pelatihan/${training.id}/tes/nilai`,
      `/pelatihan/${training.id}/daftar-hadir`,
      `${session}/daftar-hadir`,
      `${session}/daftar-hadir?cari=tamu&catatan=belum-dicatat`,
    ],
    record: [
      `${session}/daftar-hadir/salinan`,
      `${session}/daftar-hadir.xlsx`,
      `${session}/pintu`,
      `${session}/peserta/${guest.id}`,
      `${session}/peserta-tambahan?cari=sit`,
    ],
  };
}
