import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { invitationToken } from '#src/invitations/tokens.ts';
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

export const inTests = <Result>(work: Parameters<typeof asActor<Result>>[1]) =>
  asActor(systemActor('tests'), work);

/** Somebody in a position of an institution. */
export async function seatOfficer(
  institution: { id: number },
  position: string,
  { name, phone }: { name: string; phone?: string },
) {
  const seat = await seatOf(institution.id, position);
  const person = await makePerson({
    name,
    birthDate: freeBirthDate(),
    ...(phone ? { phone } : {}),
  });
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  return { seat, person, tenure };
}

/** A kelurahan with two RT and a Pokmas, a neighbour, and those who plan, read and serve. */
export async function makeInvitationScene() {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const other = await makeKelurahan({ kecamatanId: kecamatan.id });
  const at = { kelurahanId: kelurahan.id };
  const one = await makeInstitution({ ...at, typeCode: 'RT', name: 'RT 001 Uji' });
  const two = await makeInstitution({ ...at, typeCode: 'RT', name: 'RT 002 Uji' });
  const pokmas = await makeInstitution({ ...at, name: 'Pokmas Uji Mulia' });
  const chair = await seatOfficer(one, 'chair', { name: 'Ahmad Satu', phone: '+6281200000001' });
  const second = await seatOfficer(two, 'chair', { name: 'Budi Dua' });
  const secretary = await seatOfficer(pokmas, 'secretary', { name: 'Citra Tiga' });
  const account = await makeAccount('officer', {
    ...at,
    institutionId: one.id,
    tenureId: chair.tenure.id,
  });
  return {
    kelurahan,
    other,
    one,
    two,
    pokmas,
    chair,
    second,
    secretary,
    staff: await as(await makeAccount('staff', at)),
    lurah: await as(await makeAccount('lurah', at)),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    neighbour: await as(await makeAccount('staff', { kelurahanId: other.id })),
    officer: await as(account),
    stranger: await as(),
  };
}
export type InvitationScene = Awaited<ReturnType<typeof makeInvitationScene>>;

export const inviteeOf = (
  scene: InvitationScene,
  institution: { id: number },
  { seat, person }: { seat: { id: number }; person: { id: number; name: string } },
) => ({
  kelurahanId: scene.kelurahan.id,
  institutionId: institution.id,
  seatId: seat.id,
  personId: person.id,
  name: person.name,
});

export const invitationsOf = (trainingId: number) =>
  inTests((tx) =>
    tx.trainingInvitation.findMany({ where: { trainingId }, orderBy: { id: 'asc' } }),
  );

export const linkOf = (invitation: { trainingId: number; code: string }) =>
  `/u/${invitationToken(invitation)}`;
