import supertest from 'supertest';
import { beforeAll, expect, test } from 'vitest';
import { roles, type Role } from '#src/access.ts';
import { routes } from '#src/routes.ts';
import { as, theApp } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
} from '../support/fixtures.ts';

/** Who may open and send what. The routes say it a second time, by permissions; both must agree. */

const signedIn = [...roles];
const ward = ['lurah', 'staff'] as const;
const roster = ['lurah', 'staff', 'officer'] as const;
const makers = ['staff', 'officer'] as const;
const deciders = ['lurah'] as const;
const readers = ['admin', 'kecamatan', 'lurah', 'staff', 'auditor'] as const;
const admin = ['admin'] as const;
const planners = ['admin', 'kecamatan', 'lurah', 'staff'] as const;
const recorders = planners;
const promisers = [...planners, 'officer'] as const;
const dutyWriters = ['admin', 'lurah', 'staff'] as const;
const importers = ['admin', 'staff'] as const;
const importReaders = ['admin', 'lurah', 'staff'] as const;
const mergers = ['admin', 'lurah', 'staff'] as const;
const comparers = [...mergers, 'kecamatan'] as const;

const documented: Record<string, readonly Role[] | 'anyone'> = {
  'GET /': 'anyone',
  'GET /masuk': 'anyone',
  'POST /masuk': 'anyone',
  'POST /keluar': 'anyone',
  'GET /masuk/tautan/:token': 'anyone',
  'POST /masuk/tautan/:token': 'anyone',

  'GET /beranda': signedIn,
  'GET /menu': signedIn,
  'GET /gaya': signedIn,
  'GET /akun': signedIn,
  'POST /akun/kata-sandi': signedIn,
  'POST /akun/sesi/pengakhiran': signedIn,
  'POST /akun/sesi/:session/pengakhiran': signedIn,

  'GET /lembaga': signedIn,
  'GET /lembaga.xlsx': signedIn,
  'GET /lembaga.pdf': signedIn,
  'POST /lembaga': ward,
  'GET /lembaga/baru': ward,
  'GET /lembaga/:id': signedIn,
  'POST /lembaga/:id': ward,
  'GET /lembaga/:id/ubah': ward,
  'GET /lembaga/:id/tugas': signedIn,
  'GET /lembaga/:id/riwayat': signedIn,
  'POST /lembaga/:id/kursi': ward,
  'GET /lembaga/:id/pengurus': signedIn,
  'GET /lembaga/:id/pengurus.xlsx': signedIn,
  'GET /lembaga/:id/pengurus.pdf': signedIn,
  'GET /lembaga/:id/pengurus/nik': ward,
  'POST /lembaga/:id/pengurus/nik': ward,
  'GET /pengurus': signedIn,
  'GET /pengurus.xlsx': signedIn,
  'GET /pengurus.pdf': signedIn,

  'GET /orang/ganda': comparers,
  'GET /orang/ganda.xlsx': comparers,
  'GET /orang/ganda.pdf': comparers,
  'GET /orang/:id/perbandingan': mergers,
  'POST /orang/:id/penggabungan': mergers,
  'POST /orang/:id/perbedaan': mergers,
  'POST /orang/:id/perbedaan/pencabutan': mergers,
  'GET /orang/:id/pemisahan': mergers,
  'POST /orang/:id/pemisahan': mergers,
  'GET /orang/:id': signedIn,
  'POST /orang/:id': ward,
  'GET /orang/:id/ubah': ward,
  'POST /orang/:id/nik': ward,

  'GET /pelatihan': signedIn,
  'GET /pelatihan.xlsx': signedIn,
  'GET /pelatihan.pdf': signedIn,
  'POST /pelatihan': planners,
  'GET /pelatihan/baru': planners,
  'GET /pelatihan/:id': signedIn,
  'POST /pelatihan/:id': planners,
  'GET /pelatihan/:id/ubah': planners,
  'POST /pelatihan/:id/sesi': planners,
  'GET /pelatihan/:id/sesi/baru': planners,
  'GET /pelatihan/:id/sesi/:sessionId': planners,
  'POST /pelatihan/:id/sesi/:sessionId': planners,
  'POST /pelatihan/:id/sesi/:sessionId/penghapusan': planners,
  'POST /pelatihan/:id/penjadwalan': planners,
  'POST /pelatihan/:id/penyelesaian': planners,
  'GET /pelatihan/:id/pembatalan': planners,
  'POST /pelatihan/:id/pembatalan': planners,
  'GET /pelatihan/:id/undangan': signedIn,
  'GET /pelatihan/:id/undangan/aturan': planners,
  'POST /pelatihan/:id/undangan/aturan': planners,
  'GET /pelatihan/:id/undangan/lembaga': planners,
  'GET /pelatihan/:id/undangan/pengurus': planners,
  'POST /pelatihan/:id/undangan/pengurus': planners,
  'GET /pelatihan/:id/undangan/tamu': planners,
  'POST /pelatihan/:id/undangan/tamu': planners,
  'POST /pelatihan/:id/undangan/:invitationId/penghapusan': planners,
  'GET /pelatihan/:id/undangan/pengiriman': planners,
  'POST /pelatihan/:id/undangan/pengiriman': planners,
  'GET /pelatihan/:id/undangan/:invitationId/jawaban': ['officer'],
  'POST /pelatihan/:id/undangan/:invitationId/jawaban': ['officer'],
  'GET /pelatihan/:id/undangan/surat': planners,
  'GET /pelatihan/:id/undangan/surat.pdf': planners,
  'GET /pelatihan/:id/undangan/kabar': planners,
  'POST /pelatihan/:id/undangan/kabar': planners,
  'GET /pelatihan/:id/undangan.xlsx': signedIn,
  'GET /pelatihan/:id/undangan.pdf': signedIn,
  'GET /pelatihan/:id/kalender.ics': signedIn,
  'GET /u/:token/kalender.ics': 'anyone',
  'GET /u/:token': 'anyone',
  'POST /u/:token': 'anyone',

  'GET /pelatihan/:id/daftar-hadir': signedIn,
  'GET /pelatihan/:id/sesi/:sessionId/daftar-hadir': signedIn,
  'GET /pelatihan/:id/sesi/:sessionId/daftar-hadir.pdf': readers,
  'GET /pelatihan/:id/sesi/:sessionId/daftar-hadir.xlsx': readers,
  'POST /pelatihan/:id/sesi/:sessionId/daftar-hadir': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/daftar-hadir/kiriman': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/daftar-hadir/salinan': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/daftar-hadir/salinan': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/pembukaan': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/penutupan': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/penutupan': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/pembukaan-kembali': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/pembukaan-kembali': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/peserta-tambahan': recorders,
  'POST /pelatihan/:id/sesi/:sessionId/peserta-tambahan': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/pintu': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/pintu.svg': recorders,
  'GET /pelatihan/:id/sesi/:sessionId/peserta/:invitationId': signedIn,
  'POST /pelatihan/:id/sesi/:sessionId/peserta/:invitationId': recorders,
  'GET /h': 'anyone',
  'GET /h/nama': 'anyone',
  'GET /h/nama/:invitationId': 'anyone',
  'POST /h/nama/:invitationId': 'anyone',
  'GET /h/:code': 'anyone',

  'GET /pelatihan/:id/tes': readers,
  'POST /pelatihan/:id/tes/pembukaan': planners,
  'POST /pelatihan/:id/tes/penarikan': planners,
  'POST /pelatihan/:id/tes/soal': planners,
  'GET /pelatihan/:id/tes/soal/baru': planners,
  'GET /pelatihan/:id/tes/soal/:questionId': planners,
  'POST /pelatihan/:id/tes/soal/:questionId': planners,
  'POST /pelatihan/:id/tes/soal/:questionId/penghapusan': planners,
  'POST /pelatihan/:id/tes/soal/:questionId/urutan': planners,
  'GET /pelatihan/:id/tes/nilai': readers,
  'GET /pelatihan/:id/tes/nilai.xlsx': readers,
  'GET /pelatihan/:id/tes/nilai.pdf': readers,
  'GET /pelatihan/:id/tes/kertas/:invitationId/:phase': recorders,
  'POST /pelatihan/:id/tes/kertas/:invitationId/:phase': recorders,
  'GET /pelatihan/:id/tes-saya': ['officer'],
  'GET /pelatihan/:id/tes-saya/:phase': ['officer'],
  'POST /pelatihan/:id/tes-saya/:phase': ['officer'],
  'GET /u/:token/tes/:phase': 'anyone',
  'POST /u/:token/tes/:phase': 'anyone',

  'GET /pelatihan/:id/dialog': signedIn,
  'POST /pelatihan/:id/dialog': planners,
  'GET /pelatihan/:id/dialog/baru': planners,
  'GET /pelatihan/:id/dialog/:noteId': planners,
  'POST /pelatihan/:id/dialog/:noteId': planners,
  'GET /pelatihan/:id/dialog/:noteId/tindak-lanjut/baru': planners,
  'POST /pelatihan/:id/dialog/:noteId/tindak-lanjut': planners,

  'GET /pelatihan/:id/notulen': readers,
  'POST /pelatihan/:id/notulen': planners,
  'GET /pelatihan/:id/notulen.pdf': readers,
  'GET /pelatihan/:id/notulen.docx': readers,
  'GET /pelatihan/:id/sertifikat': signedIn,
  'GET /pelatihan/:id/sertifikat.pdf': planners,
  'GET /pelatihan/:id/sertifikat/pengaturan': planners,
  'POST /pelatihan/:id/sertifikat/pengaturan': planners,
  'GET /pelatihan/:id/sertifikat/penerbitan': planners,
  'POST /pelatihan/:id/sertifikat/penerbitan': planners,
  'GET /pelatihan/:id/sertifikat/peserta/:invitationId': signedIn,
  'POST /pelatihan/:id/sertifikat/peserta/:invitationId': planners,
  'GET /pelatihan/:id/sertifikat/:certificateId.pdf': signedIn,
  'GET /pelatihan/:id/sertifikat/:certificateId/pembetulan': planners,
  'POST /pelatihan/:id/sertifikat/:certificateId/pembetulan': planners,
  'GET /pelatihan/:id/sertifikat/:certificateId/pencabutan': planners,
  'POST /pelatihan/:id/sertifikat/:certificateId/pencabutan': planners,
  'GET /u/:token/sertifikat.pdf': 'anyone',
  'GET /pelatihan/:id/umpan-balik': readers,
  'GET /u/:token/umpan-balik': 'anyone',
  'GET /pelatihan/:id/laporan': readers,
  'POST /pelatihan/:id/laporan': planners,
  'GET /pelatihan/:id/laporan.pdf': readers,
  'GET /pelatihan/:id/laporan.docx': readers,
  'POST /u/:token/umpan-balik': 'anyone',
  'GET /cek': 'anyone',
  'GET /cek/:certificateCode': 'anyone',

  'GET /pelatihan/:id/materi/berkas': planners,
  'POST /pelatihan/:id/materi/berkas': planners,
  'GET /pelatihan/:id/materi/tautan': planners,
  'POST /pelatihan/:id/materi/tautan': planners,
  'GET /pelatihan/:id/materi/:fileId': planners,
  'POST /pelatihan/:id/materi/:fileId': planners,
  'GET /pelatihan/:id/materi/:fileId/unduh': signedIn,
  'GET /pelatihan/:id/materi/:fileId/penghapusan': planners,
  'POST /pelatihan/:id/materi/:fileId/penghapusan': planners,
  'GET /pelatihan/:id/foto': signedIn,
  'POST /pelatihan/:id/foto': planners,
  'GET /pelatihan/:id/foto/:fileId': signedIn,
  'GET /pelatihan/:id/foto/:fileId/kecil': signedIn,
  'GET /pelatihan/:id/foto/:fileId/ubah': planners,
  'POST /pelatihan/:id/foto/:fileId': planners,
  'GET /pelatihan/:id/foto/:fileId/penghapusan': planners,
  'POST /pelatihan/:id/foto/:fileId/penghapusan': planners,
  'GET /u/:token/materi/:fileId': 'anyone',

  'GET /tindak-lanjut': signedIn,
  'GET /tindak-lanjut.xlsx': signedIn,
  'GET /tindak-lanjut.pdf': signedIn,
  'GET /tindak-lanjut/:id': signedIn,
  'POST /tindak-lanjut/:id/pengerjaan': promisers,
  'GET /tindak-lanjut/:id/penyelesaian': promisers,
  'POST /tindak-lanjut/:id/penyelesaian': promisers,
  'POST /tindak-lanjut/:id/konfirmasi': promisers,
  'GET /tindak-lanjut/:id/pembukaan': promisers,
  'POST /tindak-lanjut/:id/pembukaan': promisers,

  'GET /kelengkapan': signedIn,
  'GET /kelengkapan.xlsx': signedIn,
  'GET /kelengkapan.pdf': signedIn,
  'GET /lembaga/:id/pengingat': ward,

  'GET /lembaga/:id/pernyataan': signedIn,
  'POST /lembaga/:id/pernyataan': makers,
  'POST /lembaga/:id/pernyataan/perbaikan': makers,
  'GET /pernyataan': admin,
  'GET /pernyataan.xlsx': admin,
  'GET /pernyataan.pdf': admin,
  'POST /pernyataan': admin,
  'GET /pernyataan/baru': admin,
  'GET /pernyataan/:id': admin,
  'POST /pernyataan/:id': admin,

  'GET /lembaga/:id/kontak': ['officer'],
  'POST /lembaga/:id/kontak': ['officer'],
  'GET /orang/:id/kontak': ['officer'],
  'POST /orang/:id/kontak': ['officer'],

  'GET /usulan': roster,
  'GET /usulan.xlsx': roster,
  'GET /usulan.pdf': roster,
  'GET /usulan/:id': roster,
  'GET /usulan/baru': makers,
  'POST /usulan': makers,
  'GET /usulan/:id/kursi': makers,
  'POST /usulan/:id/kursi': makers,
  'GET /usulan/:id/kursi/:seatId/calon': makers,
  'POST /usulan/:id/kursi/:seatId/calon': makers,
  'GET /usulan/:id/kursi/:seatId/orang': makers,
  'POST /usulan/:id/kursi/:seatId/orang': makers,
  'GET /usulan/:id/kursi/:seatId/identitas': makers,
  'POST /usulan/:id/kursi/:seatId/identitas': makers,
  'GET /usulan/:id/kursi/:seatId/kecocokan': makers,
  'POST /usulan/:id/kursi/:seatId/kecocokan': makers,
  'GET /usulan/:id/kursi/:seatId/kontak': makers,
  'POST /usulan/:id/kursi/:seatId/kontak': makers,
  'GET /usulan/:id/waktu': makers,
  'POST /usulan/:id/waktu': makers,
  'GET /usulan/:id/masa-bakti': makers,
  'POST /usulan/:id/masa-bakti': makers,
  'GET /usulan/:id/susunan': makers,
  'GET /usulan/:id/periksa': makers,
  'POST /usulan/:id/pengajuan': makers,
  'GET /usulan/:id/pembatalan': makers,
  'POST /usulan/:id/pembatalan': makers,
  'POST /usulan/:id/perbaikan': makers,
  'POST /usulan/:id/salinan': makers,
  'GET /usulan/:id/persetujuan': deciders,
  'POST /usulan/:id/persetujuan': deciders,
  'GET /usulan/:id/pengembalian': deciders,
  'POST /usulan/:id/pengembalian': deciders,
  'GET /usulan/:id/penolakan': deciders,
  'POST /usulan/:id/penolakan': deciders,

  'GET /laporan': readers,
  'GET /laporan.xlsx': readers,
  'GET /laporan.pdf': readers,
  'GET /laporan/pelatihan': readers,
  'GET /laporan/pelatihan.xlsx': readers,
  'GET /laporan/pelatihan.pdf': readers,
  'GET /laporan/buku-e1.pdf': ward,
  'GET /laporan/buku-e1.xlsx': ward,

  'GET /pengaturan': admin,
  'GET /pengaturan/jenis/:id': admin,
  'GET /pengaturan/aturan/:id': admin,
  'POST /pengaturan/aturan/:id': admin,
  'GET /pengaturan/pelanggaran': readers,
  'GET /pengaturan/pelanggaran.xlsx': readers,
  'GET /pengaturan/pelanggaran.pdf': readers,

  'GET /tugas': readers,
  'GET /tugas/konfirmasi': readers,
  'GET /tugas/konfirmasi.xlsx': readers,
  'GET /tugas/konfirmasi.pdf': readers,
  'GET /tugas/pengurus': readers,
  'GET /tugas/pengurus.xlsx': readers,
  'GET /tugas/pengurus.pdf': readers,
  'GET /tugas/:id': readers,
  'POST /tugas/:id': admin,
  'GET /tugas/:id/baru': admin,
  'GET /tugas/butir/:id': signedIn,
  'POST /tugas/butir/:id': dutyWriters,
  'GET /tugas/butir/:id/ubah': dutyWriters,
  'GET /tugas/butir/:id/penghentian': dutyWriters,
  'POST /tugas/butir/:id/penghentian': dutyWriters,
  'POST /tugas/butir/:id/urutan': admin,
  'POST /lembaga/:id/tugas': ward,
  'GET /lembaga/:id/tugas/baru': ward,
  'GET /lembaga/:id/tugas/kartu': signedIn,
  'GET /lembaga/:id/tugas/lampiran': signedIn,
  'GET /lembaga/:id/tugas/kertas': ['staff'],
  'POST /lembaga/:id/tugas/kertas': ['staff'],
  'GET /konfirmasi-tugas/:id': signedIn,
  'GET /konfirmasi-tugas/:id/pembatalan': ['staff'],
  'POST /konfirmasi-tugas/:id/pembatalan': ['staff'],
  'GET /tugas-saya': ['officer'],
  'POST /tugas-saya/konfirmasi': ['officer'],
  'GET /sk': readers,
  'GET /sk.xlsx': readers,
  'GET /sk.pdf': readers,
  'GET /sk/:id': readers,
  'GET /sk/:id.pdf': ward,
  'GET /sk/:id.docx': ward,
  'GET /sk/:id/pindaian': readers,
  'POST /sk/:id/pindaian': ward,
  'GET /sk/:id/pencabutan': deciders,
  'POST /sk/:id/pencabutan': deciders,
  'GET /sk/penomoran': ward,
  'POST /sk/penomoran': ward,
  'GET /sk/templat': admin,
  'GET /sk/templat/:id': admin,
  'POST /sk/templat/:id': admin,
  'GET /usulan/:id/konsep-sk.pdf': ward,
  'GET /usulan/:id/konsep-sk.docx': ward,

  'GET /impor': importReaders,
  'GET /impor.xlsx': importReaders,
  'GET /impor.pdf': importReaders,
  'POST /impor': importers,
  'GET /impor/templat.xlsx': importers,
  'GET /impor/:id': importReaders,
  'GET /impor/:id/kolom': importers,
  'POST /impor/:id/kolom': importers,
  'POST /impor/:id/saran': importers,
  'POST /impor/:id/penerapan': importers,
  'GET /impor/:id/persetujuan': deciders,
  'POST /impor/:id/persetujuan': deciders,
  'GET /impor/:id/penolakan': deciders,
  'POST /impor/:id/penolakan': deciders,
  'GET /impor/:id/penarikan': importers,
  'POST /impor/:id/penarikan': importers,
  'GET /impor/:id/catatan.xlsx': importers,
  'POST /impor/:id/lanjutan': importReaders,

  'GET /pengguna': admin,
  'GET /pengguna.xlsx': admin,
  'GET /pengguna.pdf': admin,
  'POST /pengguna': admin,
  'GET /pengguna/baru': admin,
  'GET /pengguna/:id': admin,
  'GET /pengguna/:id/tautan': admin,
  'POST /pengguna/:id/tautan': admin,
  'GET /pengguna/:id/penangguhan': admin,
  'POST /pengguna/:id/penangguhan': admin,
  'GET /pengguna/:id/pemulihan': admin,
  'POST /pengguna/:id/pemulihan': admin,
  'GET /pengguna/:id/peran': admin,
  'POST /pengguna/:id/peran': admin,
  'POST /pengguna/:id/sesi/pengakhiran': admin,
};

const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method.toUpperCase()} ${path}`;

/** An address that fits the route and names nothing that exists: whoever passes the door finds nothing behind it. */
const addressOf = (path: string) =>
  path
    .replace(':seatId', '2147483646')
    .replace(':sessionId', '2147483646')
    .replace(':noteId', '2147483646')
    .replace(':questionId', '2147483646')
    .replace(':phase', 'pra')
    .replace(':certificateId', '2147483646')
    .replace(':id', '2147483647')
    .replace(':session', 'f'.repeat(32))
    .replace(':token', 'A'.repeat(43));

const accounts = new Map<Role, { id: number }>();

beforeAll(async () => {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const scopes = {
    admin: {},
    auditor: {},
    kecamatan: { kecamatanId: kecamatan.id },
    lurah: { kelurahanId: kelurahan.id },
    staff: { kelurahanId: kelurahan.id },
  };
  for (const role of ['admin', 'auditor', 'kecamatan', 'lurah', 'staff'] as const)
    accounts.set(role, await makeAccount(role, scopes[role]));
  accounts.set('officer', (await makeOfficer(institution)).account);
});

async function request(route: { method: 'get' | 'post'; path: string }, role?: Role) {
  const browser = await as(role && accounts.get(role));
  return browser[route.method](addressOf(route.path));
}

test('every route has a row in the documented table, and every row a route', () => {
  const served = routes.map(nameOf);
  expect(served.toSorted()).toEqual(Object.keys(documented).toSorted());
  expect(new Set(served).size).toBe(served.length);
});

test.each(routes.map((route) => [nameOf(route), route] as const))(
  '%s answers exactly the documented roles',
  async (name, route) => {
    const allowed = documented[name] ?? [];
    for (const role of roles) {
      const { status, text } = await request(route, role);
      if (allowed === 'anyone' || allowed.includes(role)) {
        expect(status, `${name} as ${role}\n${text?.slice(0, 500)}`).not.toBe(401);
        expect(status, `${name} as ${role}`).not.toBe(403);
        expect(status, `${name} as ${role}`).toBeLessThan(500);
      } else {
        expect(status, `${name} as ${role}`).toBe(403);
      }
    }
  },
);

test.each(routes.map((route) => [nameOf(route), route] as const))(
  '%s sends a stranger to the sign-in page unless it is public',
  async (name, route) => {
    const { status, headers } = await request(route);
    if (documented[name] === 'anyone') {
      expect([200, 303, 404, 410, 422]).toContain(status);
    } else if (route.method === 'get') {
      expect(status).toBe(303);
      expect(headers.location).toBe(`/masuk?kembali=${encodeURIComponent(addressOf(route.path))}`);
    } else {
      expect(status).toBe(401);
    }
  },
);

test.each(routes.map((route) => [nameOf(route), route] as const))(
  '%s refuses a stranger who brings a session id that nobody has',
  async (name, route) => {
    if (documented[name] === 'anyone') return;
    const stranger = await as();
    const { status } = await stranger[route.method](addressOf(route.path)).set(
      'Cookie',
      'sid=s%3Anobody.hasThis',
    );
    expect(status).toBe(401);
  },
);

test.each(['/lembagaa', '/usulan/1/hapus', '/admin', '/aset/none.css', '/%2e%2e/etc/passwd'])(
  '%s is not found, whoever asks and however',
  async (path) => {
    for (const role of [...roles, undefined]) {
      const browser = await as(role && accounts.get(role));
      expect((await browser.get(path)).status).toBe(404);
      expect((await browser.post(path)).status).toBe(404);
    }
  },
);

test('only GET and POST exist', async () => {
  for (const method of ['put', 'patch', 'delete'] as const) {
    const request = supertest(theApp());
    const answer = await request[method]('/lembaga')
      .set('Host', 'localhost:3000')
      .set('Sec-Fetch-Site', 'same-origin');
    expect(answer.status).toBe(404);
  }
});
