import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import type { Route } from '#src/http/routes.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  unique,
} from './fixtures.ts';

/** A kelurahan in which every name, note and number carries the canary word, so that a leak is seen wherever it is. */
export async function makeWard(given: { kecamatanId: number; canary: string }) {
  const { kecamatanId, canary } = given;
  const kelurahan = await makeKelurahan({ kecamatanId, name: `Kel ${canary}` });
  const kelurahanId = kelurahan.id;
  const institution = await makeInstitution({ kelurahanId, name: `Pokmas ${canary}` });
  const person = await makePerson({ name: `Warga ${canary}`, phone: '+6281234567890' });
  const seat = await seatOf(institution.id, 'secretary');
  const vacant = await seatOf(institution.id, 'treasurer');
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  const officer = await makeOfficer(institution);
  const lurah = await makeAccount('lurah', { kelurahanId }, `lurah.${canary.toLowerCase()}`);
  const staff = await makeAccount('staff', { kelurahanId }, `staf.${canary.toLowerCase()}`);

  const place = { institutionId: institution.id, kelurahanId };
  const { draft, waiting } = await asActor(systemActor('tests'), async (tx) => {
    await tx.institution.update({
      where: { id: institution.id },
      data: {
        address: `Jalan ${canary}`,
        scope: `Lingkup ${canary}`,
        foundingDecree: `SK/${canary}`,
      },
    });
    await tx.person.update({
      where: { id: person.id },
      data: { address: `Gang ${canary}`, birthPlace: canary },
    });
    await tx.decree.updateMany({
      where: { kelurahanId },
      data: { about: `Tentang ${canary}`, signatoryName: `Lurah ${canary}` },
    });
    const change = (
      status: 'draft' | 'submitted',
      maker: { id: number },
      subjectSeat: { id: number },
    ) =>
      tx.rosterChange.create({
        data: {
          ...place,
          kind: 'fill',
          subject: `seat:${subjectSeat.id}`,
          status,
          baseVersion: institution.rosterVersion,
          effectiveOn: prismaDate('2026-01-02'),
          reason: `Alasan ${canary}`,
          makerId: maker.id,
          makerName: `Pengusul ${canary}`,
          number: `U-${canary}-${unique()}`,
          submittedAt: new Date(),
          lines: {
            create: {
              ...place,
              seatId: subjectSeat.id,
              candidate: {
                name: `Calon ${canary}`,
                sex: 'female',
                birthDate: null,
                phone: null,
                address: `Gang ${canary}`,
              },
            },
          },
        },
        select: { id: true, version: true },
      });
    return {
      draft: await change('draft', staff, vacant),
      waiting: await change('submitted', staff, vacant),
    };
  });
  return {
    canary,
    kelurahan,
    institution,
    person,
    seat,
    vacant,
    tenure,
    draft,
    waiting,
    accounts: { lurah, staff, officer: officer.account },
  };
}
export type Ward = Awaited<ReturnType<typeof makeWard>>;

/** Pages of a proposal that is still being written; the others show one that was sent. */
const ofDraft = /^\/usulan\/:id\/(kursi|waktu|masa-bakti|susunan|periksa|pengajuan|perbaikan)/;

/** The address of a route for the rows of a ward, or for rows that nobody has. */
export function addressIn(path: string, ward: Ward | 'nowhere'): string {
  const missing = 2_147_483_000;
  const ids =
    ward === 'nowhere'
      ? { institution: missing, person: missing, change: missing, account: missing, seat: missing }
      : {
          institution: ward.institution.id,
          person: ward.person.id,
          change: ofDraft.test(path) ? ward.draft.id : ward.waiting.id,
          account: ward.accounts.staff.id,
          seat: ward.vacant.id,
        };
  const own: [string, number][] = [
    ['/lembaga/', ids.institution],
    ['/orang/', ids.person],
    ['/usulan/', ids.change],
    ['/pengguna/', ids.account],
  ];
  const id = own.find(([prefix]) => path.startsWith(prefix))?.[1] ?? missing;
  return path
    .replace(':seatId', String(ids.seat))
    .replace(':id', String(id))
    .replace(':session', 'f'.repeat(32))
    .replace(':token', 'A'.repeat(43));
}

const someDay = (name: string) => ({
  [`${name}Day`]: '2',
  [`${name}Month`]: '1',
  [`${name}Year`]: '2026',
});

/** What a person would send to a route: everything filled in and right, so that only the scope can refuse it. */
export function fieldsFor(route: Pick<Route, 'path'>, ward: Ward): Record<string, string> {
  const name = { frontTitle: '', name: 'Siti', backTitle: '', sex: 'female' };
  const version = { version: '1' };
  const sent: Record<string, Record<string, string>> = {
    '/lembaga': { typeCode: 'POKMAS', name: `Pokmas Baru ${unique()}` },
    '/lembaga/:id': { ...version, name: 'Pokmas Diubah' },
    '/lembaga/:id/kursi': { positionTypeId: String(ward.seat.positionTypeId), label: 'Seksi Baru' },
    '/lembaga/:id/pernyataan': {
      cycleId: '1',
      profile: '0'.repeat(64),
      officers: '0'.repeat(64),
      contacts: '0'.repeat(64),
      secretariat: '0'.repeat(64),
      activities: '0'.repeat(64),
      activity: 'none',
      statement: 'on',
    },
    '/lembaga/:id/kontak': { ...version, address: 'Jl. Diubah No. 1' },
    '/orang/:id': { ...version, ...name },
    '/orang/:id/kontak': { ...version, phone: '081234567891' },
    '/orang/:id/nik': { reason: 'Memeriksa data' },
    '/usulan': {
      institutionId: String(ward.institution.id),
      kind: 'fill',
      seatId: String(ward.vacant.id),
    },
    '/usulan/:id/kursi': { seatId: String(ward.vacant.id) },
    '/usulan/:id/kursi/:seatId/calon': { nominee: 'new' },
    '/usulan/:id/kursi/:seatId/orang': name,
    '/usulan/:id/waktu': { ...someDay('effectiveOn'), reason: 'Musyawarah' },
    '/usulan/:id/masa-bakti': {
      ...someDay('effectiveOn'),
      lastDayDay: '1',
      lastDayMonth: '1',
      lastDayYear: '2030',
      reason: 'Musyawarah',
    },
    '/usulan/:id/pengajuan': version,
    '/usulan/:id/pembatalan': version,
    '/usulan/:id/perbaikan': version,
    '/usulan/:id/salinan': version,
    '/usulan/:id/persetujuan': {
      ...version,
      decreeNumber: `188.45/${unique()}`,
      ...someDay('decreedOn'),
    },
    '/usulan/:id/pengembalian': { ...version, note: 'Perbaiki' },
    '/usulan/:id/penolakan': { ...version, note: 'Bukan warga' },
  };
  return sent[route.path] ?? {};
}
