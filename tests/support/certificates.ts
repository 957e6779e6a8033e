import { inTests, invitationsOf } from './invitations.ts';
import { as } from './app.ts';
import {
  freeBirthDate,
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
} from './fixtures.ts';
import { makeTraining } from './trainings.ts';

type Came = 'present' | 'late' | 'excused' | 'absent' | null;

/** A training of 7 August 2025 that is over; each person with what was recorded in its two sessions. */
export async function makeFinished(
  people: Record<string, [Came, Came]>,
  given: { status?: 'running' | 'finished' } = {},
) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const at = { kelurahanId: kelurahan.id };
  const invitees = [];
  const tenures = [];
  for (const name of Object.keys(people)) {
    const institution = await makeInstitution(at);
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name, birthDate: freeBirthDate() });
    tenures.push(
      await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id }),
    );
    invitees.push({
      ...at,
      institutionId: institution.id,
      seatId: seat.id,
      personId: person.id,
      name,
      positionName: 'Ketua',
      institutionName: institution.name,
      kelurahanName: kelurahan.name,
      phone: '+6281255512345',
    });
  }
  const training = await makeTraining({
    kelurahanId: kelurahan.id,
    day: '2025-08-07',
    status: given.status ?? 'finished',
    invitees,
  });
  const invitations = await invitationsOf(training.id);
  await attend(training, invitations, Object.values(people));
  const first = invitees[0]?.institutionId;
  return {
    kecamatan,
    kelurahan,
    training,
    invitations,
    base: `/pelatihan/${training.id}/sertifikat`,
    staff: await as(await makeAccount('staff', at)),
    lurah: await as(await makeAccount('lurah', at)),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    officer: first
      ? await as(
          await makeAccount('officer', {
            ...at,
            institutionId: first,
            ...(tenures[0] ? { tenureId: tenures[0].id } : {}),
          }),
        )
      : await as(),
    stranger: await as(),
  };
}
export type Finished = Awaited<ReturnType<typeof makeFinished>>;

async function attend(
  training: { id: number; sessions: { id: number }[] },
  invitations: { id: number }[],
  people: [Came, Came][],
) {
  const rows = people.flatMap((came, place) =>
    came.flatMap((status, session) =>
      status === null
        ? []
        : [
            {
              trainingId: training.id,
              sessionId: training.sessions[session]?.id ?? 0,
              invitationId: invitations[place]?.id ?? 0,
              status,
              method: 'tap',
            },
          ],
    ),
  );
  await inTests((tx) => tx.attendance.createMany({ data: rows }));
}

export const certificatesIn = (trainingId: number) =>
  inTests((tx) =>
    tx.certificate.findMany({
      where: { trainingId },
      include: { revocation: true },
      orderBy: { id: 'asc' },
    }),
  );
