import { randomUUID } from 'node:crypto';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { dutyIdsOn, insertConfirmation } from '#src/duties/confirmations.ts';
import { prismaDate, today } from '#src/format.ts';
import type { Route } from '#src/http/routes.ts';
import { sealImportCells } from '#src/people/nik.ts';
import {
  freeBirthDate,
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  unique,
} from './fixtures.ts';
import { makeTraining, makeTrainingRecords } from './trainings.ts';

/** A kelurahan in which every name, note and number carries the canary word, so that a leak is seen wherever it is. */
export async function makeWard(given: { kecamatanId: number; canary: string }) {
  const { kecamatanId, canary } = given;
  const kelurahan = await makeKelurahan({ kecamatanId, name: `Kel ${canary}` });
  const kelurahanId = kelurahan.id;
  const institution = await makeInstitution({ kelurahanId, name: `Pokmas ${canary}` });
  const person = await makePerson({
    name: `Warga ${canary}`,
    phone: '+6281234567890',
    birthDate: freeBirthDate(),
  });
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
  const { decree, draft, waiting, duty, confirmation, imported } = await asActor(
    systemActor('tests'),
    async (tx) => {
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
      const decree = await tx.decree.findFirstOrThrow({ where: { kelurahanId } });
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
      const duty = await tx.duty.create({
        data: {
          ...place,
          institutionTypeId: institution.institutionTypeId,
          kind: 'task',
          text: `Tugas setempat ${canary}`,
          legalBasis: `Musyawarah ${canary}`,
          sortOrder: 1,
        },
        select: { id: true },
      });
      const confirmation = await insertConfirmation(tx, {
        tenureId: tenure.id,
        dutyIds: await dutyIdsOn(tx, tenure.id, today()),
        means: 'paper',
        confirmedOn: today(),
        account: staff,
      });
      return {
        duty,
        confirmation,
        decree,
        draft: await change('draft', staff, vacant),
        waiting: await change('submitted', staff, vacant),
        imported: await makeImport(tx, { kelurahanId, staff, canary }),
      };
    },
  );
  const training = await makeTraining({
    kelurahanId,
    title: `Pelatihan ${canary}`,
    invitees: [
      {
        kelurahanId,
        institutionId: institution.id,
        seatId: seat.id,
        personId: person.id,
        name: `Warga ${canary}`,
      },
    ],
  });
  const records = await makeTrainingRecords(training, canary);
  return {
    canary,
    training: { ...training, ...records },
    kelurahan,
    institution,
    person,
    otherPerson: officer.person,
    seat,
    vacant,
    tenure,
    decree,
    draft,
    waiting,
    imported,
    duty,
    confirmationId: confirmation?.id ?? 0,
    accounts: { lurah, staff, officer: officer.account },
  };
}
/** A checked file of one row that cannot be read. */
async function makeImport(
  tx: Transaction,
  given: { kelurahanId: number; staff: { id: number }; canary: string },
) {
  const { kelurahanId, staff, canary } = given;
  const columns = ['Nama', 'Jabatan', 'Nama LKK'].map((label, index) => ({
    label,
    letters: { [`Lembar ${canary}`]: 'ABC'[index] },
  }));
  const batch = await tx.importBatch.create({
    data: {
      kelurahanId,
      fileName: `${canary}.xlsx`,
      columns,
      mapping: ['name', 'position', 'institution'],
      rowCount: 1,
      status: 'checked',
      makerId: staff.id,
      makerName: `Pengunggah ${canary}`,
    },
    select: { id: true },
  });
  const row = await tx.importRow.create({
    data: {
      batchId: batch.id,
      kelurahanId,
      sheet: `Lembar ${canary}`,
      rowNumber: 2,
      cellsSealed: new Uint8Array(8),
      outcome: 'wrong',
      details: {
        institution: `Pokmas ${canary}`,
        position: 'Ketua',
        name: `Warga ${canary}`,
        phone: null,
        problems: [{ field: 'name', level: 'error', message: `Salah ${canary}` }],
        changes: [],
        plan: null,
      },
    },
    select: { id: true },
  });
  await tx.importRow.update({
    where: { id: row.id },
    data: {
      cellsSealed: sealImportCells([`Warga ${canary}`, 'Ketua', `Pokmas ${canary}`], row.id),
    },
    select: { id: true },
  });
  return { ...batch, rowId: row.id };
}

export type Ward = Awaited<ReturnType<typeof makeWard>>;

/** Pages of a proposal that is still being written; the others show one that was sent. */
const ofDraft = /^\/usulan\/:id\/(kursi|waktu|masa-bakti|susunan|periksa|pengajuan|perbaikan)/;

/** The address of a route for the rows of a ward, or for rows that nobody has. */
export function addressIn(path: string, ward: Ward | 'nowhere'): string {
  const missing = 2_147_483_000;
  const ids =
    ward === 'nowhere'
      ? {
          institution: missing,
          person: missing,
          change: missing,
          account: missing,
          seat: missing,
          duty: missing,
          confirmation: missing,
          decree: missing,
          imported: missing,
          training: missing,
          trainingSession: missing,
          invitation: missing,
          note: missing,
          question: missing,
          followUp: missing,
          certificate: missing,
          material: missing,
          photo: missing,
        }
      : {
          institution: ward.institution.id,
          person: ward.person.id,
          change: ofDraft.test(path) ? ward.draft.id : ward.waiting.id,
          account: ward.accounts.staff.id,
          seat: ward.vacant.id,
          duty: ward.duty.id,
          confirmation: ward.confirmationId,
          decree: ward.decree.id,
          imported: ward.imported.id,
          training: ward.training.id,
          trainingSession: ward.training.sessions[0]?.id ?? missing,
          invitation: ward.training.invitations[0]?.id ?? missing,
          note: ward.training.note.id,
          question: ward.training.question.id,
          followUp: ward.training.followUp.id,
          certificate: ward.training.certificate.id,
          material: ward.training.file.id,
          photo: ward.training.photo.id,
        };
  const own: [string, number][] = [
    ['/lembaga/', ids.institution],
    ['/orang/', ids.person],
    ['/usulan/', ids.change],
    ['/pengguna/', ids.account],
    ['/tugas/butir/', ids.duty],
    ['/konfirmasi-tugas/', ids.confirmation],
    ['/sk/:id', ids.decree],
    ['/impor/', ids.imported],
    ['/pelatihan/', ids.training],
    ['/tindak-lanjut/', ids.followUp],
  ];
  const id = own.find(([prefix]) => path.startsWith(prefix))?.[1] ?? missing;
  return path
    .replace(':seatId', String(ids.seat))
    .replace(':sessionId', String(ids.trainingSession))
    .replace(':invitationId', String(ids.invitation))
    .replace(':noteId', String(ids.note))
    .replace(':questionId', String(ids.question))
    .replace(':phase', 'pra')
    .replace(':certificateId', String(ids.certificate))
    .replace(':certificateCode', 'A'.repeat(26))
    .replace(':fileId', String(path.includes('/foto/') ? ids.photo : ids.material))
    .replace(':id', String(id))
    .replace(':session', 'f'.repeat(32))
    .replace(':token', 'A'.repeat(43));
}

const someDay = (name: string, year = '2026') => ({
  [`${name}Day`]: '2',
  [`${name}Month`]: '1',
  [`${name}Year`]: year,
});

/** What a person would send to a route: everything filled in and right, so that only the scope can refuse it. */
export function fieldsFor(route: Pick<Route, 'path'>, ward: Ward): Record<string, string> {
  const name = { frontTitle: '', name: 'Siti', backTitle: '', sex: 'female' };
  const version = { version: '1' };
  const wording = {
    text: 'Mencatat tamu',
    legalBasis: 'Musyawarah warga',
    ...someDay('validFrom', '2099'),
    checked: 'on',
  };
  const trainingSession = {
    topic: 'Diubah',
    ...someDay('heldOn', '2031'),
    startsAt: '08.00',
    endsAt: '10.00',
    venue: 'Aula',
  };
  const testQuestion = { text: 'Apa itu LKK?', choice1: 'Mitra', choice2: 'Partai', correct: '1' };
  const dialogueNote = {
    kind: 'hope',
    askerName: 'Siti',
    text: 'Jalan lingkungan diperbaiki',
    institution: String(ward.institution.id),
  };
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
    '/lembaga/:id/tugas': { section: 'task', ...wording },
    '/lembaga/:id/tugas/kertas': {
      tenureId: String(ward.tenure.id),
      ...someDay('confirmedOn'),
      seen: 'on',
    },
    '/tugas/:id': { section: 'task', ...wording },
    '/tugas/butir/:id': wording,
    '/tugas/butir/:id/penghentian': someDay('endsOn', '2099'),
    '/tugas/butir/:id/urutan': { direction: 'up' },
    '/konfirmasi-tugas/:id/pembatalan': { reason: 'Kartu milik orang lain' },
    '/tugas-saya/konfirmasi': {
      tenureId: String(ward.tenure.id),
      dutyIds: String(ward.duty.id),
      understood: 'on',
    },
    '/orang/:id': { ...version, ...name },
    '/orang/:id/kontak': { ...version, phone: '081234567891' },
    '/orang/:id/nik': { reason: 'Memeriksa data' },
    '/orang/:id/penggabungan': {
      ...version,
      otherVersion: '1',
      otherId: String(ward.otherPerson.id),
    },
    '/orang/:id/perbedaan': { otherId: String(ward.otherPerson.id) },
    '/orang/:id/perbedaan/pencabutan': { otherId: String(ward.otherPerson.id) },
    '/usulan': {
      institutionId: String(ward.institution.id),
      kind: 'fill',
      seatId: String(ward.vacant.id),
    },
    '/pelatihan': { ...version, title: 'Pelatihan Baru', kelurahan1: String(ward.kelurahan.id) },
    '/pelatihan/:id': { ...version, title: 'Diubah', kelurahan1: String(ward.kelurahan.id) },
    '/pelatihan/:id/sesi': { ...version, ...trainingSession },
    '/pelatihan/:id/sesi/:sessionId': { ...version, ...trainingSession },
    '/pelatihan/:id/sesi/:sessionId/penghapusan': version,
    '/pelatihan/:id/penjadwalan': version,
    '/pelatihan/:id/penyelesaian': version,
    '/pelatihan/:id/pembatalan': { ...version, reason: 'Bentrok' },
    '/pelatihan/:id/undangan/aturan': { jabatan1: String(ward.seat.positionTypeId) },
    '/pelatihan/:id/undangan/pengurus': { pengurus1: String(ward.tenure.id) },
    '/pelatihan/:id/undangan/tamu': { name: 'Tamu', office: 'Babinsa' },
    '/pelatihan/:id/undangan/pengiriman': version,
    '/pelatihan/:id/undangan/kabar': {
      kabar: 'belum',
      undangan1: String(ward.training.invitations[0]?.id),
    },
    '/pelatihan/:id/undangan/:invitationId/jawaban': { answer: 'attending' },
    '/pelatihan/:id/sesi/:sessionId/daftar-hadir': {
      invitationId: String(ward.training.invitations[0]?.id),
    },
    '/pelatihan/:id/sesi/:sessionId/daftar-hadir/salinan': {
      hadir1: String(ward.training.invitations[0]?.id),
    },
    '/pelatihan/:id/sesi/:sessionId/daftar-hadir/kiriman': {
      sentAt: new Date().toISOString(),
      taps: JSON.stringify([
        {
          nonce: randomUUID(),
          invitationId: ward.training.invitations[0]?.id,
          at: new Date().toISOString(),
        },
      ]),
    },
    '/pelatihan/:id/sesi/:sessionId/pembukaan-kembali': { reason: 'Rombongan datang' },
    '/pelatihan/:id/sesi/:sessionId/peserta-tambahan': { name: 'Datang Sendiri' },
    '/pelatihan/:id/sesi/:sessionId/peserta/:invitationId': {
      status: 'late',
      reason: 'Salah ketuk',
    },
    '/pelatihan/:id/tes/soal': { ...version, ...testQuestion },
    '/pelatihan/:id/tes/soal/:questionId': { ...version, ...testQuestion },
    '/pelatihan/:id/tes/soal/:questionId/penghapusan': version,
    '/pelatihan/:id/tes/soal/:questionId/urutan': { direction: 'up' },
    '/pelatihan/:id/tes/kertas/:invitationId/:phase': {
      daftar: String(ward.training.question.id),
      seen: '0',
      soal1: '1',
    },
    '/pelatihan/:id/tes-saya/:phase': { daftar: String(ward.training.question.id), soal1: '1' },
    '/pelatihan/:id/dialog': { ...version, ...dialogueNote },
    '/pelatihan/:id/dialog/:noteId': { ...version, ...dialogueNote },
    '/pelatihan/:id/dialog/:noteId/tindak-lanjut': {
      text: 'Lampu diganti',
      ownerKind: 'kelurahan',
      ...someDay('dueOn', '2099'),
    },
    '/pelatihan/:id/materi/berkas': { title: 'Materi Baru' },
    '/pelatihan/:id/materi/tautan': { title: 'Materi Baru', link: 'https://contoh.id/baru' },
    '/pelatihan/:id/materi/:fileId': {
      ...version,
      title: 'Diubah',
      link: 'https://contoh.id/lain',
    },
    '/pelatihan/:id/materi/:fileId/penghapusan': version,
    '/pelatihan/:id/foto': { title: 'Foto Baru' },
    '/pelatihan/:id/foto/:fileId': { ...version, title: 'Diubah' },
    '/pelatihan/:id/foto/:fileId/penghapusan': version,
    '/pelatihan/:id/notulen': { version: '0', closing: 'Diubah' },
    '/pelatihan/:id/laporan': { version: '0', preface: 'Kata pengantar' },
    '/u/:token/umpan-balik': { usefulness: '5', speakers: '4', organisation: '3' },
    '/pelatihan/:id/sertifikat/pengaturan': {
      ...version,
      minimumShare: '50',
      certificatePattern: '{urut}/UJI/{tahun}',
    },
    '/pelatihan/:id/sertifikat/:certificateId/pembetulan': { name: 'Siti', reason: 'Ejaan' },
    '/pelatihan/:id/sertifikat/:certificateId/pencabutan': {
      ...someDay('revokedOn'),
      reason: 'Keliru',
    },
    '/tindak-lanjut/:id/pengerjaan': version,
    '/tindak-lanjut/:id/penyelesaian': { ...version, note: 'Lampu sudah diganti' },
    '/tindak-lanjut/:id/konfirmasi': version,
    '/tindak-lanjut/:id/pembukaan': { ...version, note: 'Masih mati' },
    '/usulan/:id/kursi': { seatId: String(ward.vacant.id) },
    '/usulan/:id/kursi/:seatId/calon': { nominee: 'new' },
    '/usulan/:id/kursi/:seatId/orang': name,
    '/usulan/:id/kursi/:seatId/kecocokan': { match: 'different' },
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
    '/sk/:id/pindaian': version,
    '/sk/:id/pencabutan': { ...version, ...someDay('revokedOn'), reason: 'Keliru' },
    '/lembaga/:id/pernyataan/perbaikan': { cycleId: '1', mend: 'officers' },
    '/pernyataan': {
      ...version,
      name: `Masa ${unique()}`,
      ...someDay('startsOn', '2097'),
      ...someDay('dueOn', '2098'),
    },
    '/pernyataan/:id': {
      ...version,
      name: `Masa ${unique()}`,
      ...someDay('startsOn', '2095'),
      ...someDay('dueOn', '2096'),
    },
    '/sk/penomoran': { version: '0', pattern: '188.45/{urut}/425.504/{tahun}' },
    '/sk/templat/:id': {
      version: '0',
      considering: 'bahwa perlu;',
      recalling: 'Undang-Undang;',
      dictum: 'Berlaku.',
      copies: 'Arsip',
    },
    '/usulan/:id/pengembalian': { ...version, note: 'Perbaiki' },
    '/impor/:id/kolom': {
      version: '1',
      column0: 'name',
      column1: 'position',
      column2: 'institution',
    },
    '/impor/:id/saran': {
      version: '1',
      rowId: String(ward.imported.rowId),
      field: 'position',
      word: 'Ketua',
    },
    '/impor/:id/penerapan': version,
    '/impor/:id/persetujuan': version,
    '/impor/:id/penolakan': { ...version, note: 'Bukan' },
    '/impor/:id/penarikan': version,
    '/impor/:id/lanjutan': version,
    '/usulan/:id/penolakan': { ...version, note: 'Bukan warga' },
  };
  return sent[route.path] ?? {};
}
