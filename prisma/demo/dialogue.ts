import type { NoteKind } from '#src/dialogue/rules.ts';
import type { FollowUpStatus, OwnerKind } from '#src/follow-ups/rules.ts';
import type { Pillar } from '#src/trainings/rules.ts';

/** What was said in the dialogue of 7 August 2025 and what was promised; days count from today, so that some are always late. */

type Step = {
  status: FollowUpStatus;
  daysAgo: number;
  by: 'lurah' | 'camat' | 'pokmas';
  note?: string;
};
export type DemoPromise = {
  text: string;
  owner: Extract<OwnerKind, 'kelurahan' | 'kecamatan' | 'institution' | 'city'>;
  ownerName: string;
  /** An account of the office that is named in person. */
  ownerUsername?: string;
  dueIn: number;
  steps: Step[];
};
export type DemoNote = {
  /** Position and institution as the invitation tells them; the first who came. */
  asker: [position: string, institution: RegExp];
  kind: NoteKind;
  text: string;
  answer?: string;
  answeredBy?: string;
  pillar?: Pillar;
  promise?: DemoPromise;
};

const lurah = 'Lurah Kebonsari Wetan';
const camat = 'Camat Kanigaran';
const kelurahan = { owner: 'kelurahan', ownerName: 'Kelurahan Kebonsari Wetan' } as const;
const kecamatan = { owner: 'kecamatan', ownerName: 'Kecamatan Kanigaran' } as const;
const hope = {
  asker: ['Plt. Ketua', /^Pokmas Sinar Mulia$/],
  kind: 'hope',
} satisfies Partial<DemoNote>;

export const demoNotes: DemoNote[] = [
  {
    asker: ['Ketua RT', /^RT/],
    kind: 'obstacle',
    pillar: 'elok',
    text: 'Tiga lampu jalan di gang belakang RT padam sejak Lebaran. Laporan sudah dua kali disampaikan lisan, belum ada tindakan.',
    answer:
      'Laporan lisan mudah hilang. Kelurahan mencatat titiknya dan meneruskannya kepada Dinas Perhubungan.',
    answeredBy: lurah,
    promise: {
      ...kelurahan,
      text: 'Tiga lampu jalan di gang belakang RT dilaporkan kepada Dinas Perhubungan dan dipantau sampai menyala',
      ownerUsername: 'lurah.kebonsariwetan',
      dueIn: -18,
      steps: [
        {
          status: 'in_progress',
          daysAgo: 40,
          by: 'lurah',
          note: 'Surat sudah dikirim, menunggu jadwal petugas',
        },
      ],
    },
  },
  {
    asker: ['Ketua RW', /^RW/],
    kind: 'obstacle',
    pillar: 'ramah',
    text: 'Warga yang pindah datang sering tidak melapor, sehingga data RT dan RW berbeda dari data kelurahan.',
    answer:
      'Perlu satu alur: surat pindah datang diberitahukan kepada Ketua RT pada hari yang sama.',
    answeredBy: camat,
    promise: {
      ...kecamatan,
      text: 'Alur pemberitahuan pindah datang kepada Ketua RT ditulis dan dibagikan kepada enam kelurahan',
      dueIn: -45,
      steps: [],
    },
  },
  {
    asker: ['Kader', /^Posyandu/],
    kind: 'obstacle',
    pillar: 'sejahtera',
    text: 'Timbangan bayi di Posyandu sudah tidak tepat, hasil ukur harus diulang di puskesmas.',
    answer:
      'Diusulkan penggantian pada perubahan anggaran, sementara dipinjami alat dari puskesmas.',
    answeredBy: lurah,
  },
  {
    asker: ['Sekretaris', /PKK/],
    kind: 'suggestion',
    pillar: 'organik',
    text: 'Jadwal bank sampah setiap RW disatukan supaya pengepul datang sekali untuk seluruh kelurahan.',
    answer: 'Disetujui, TP PKK menyusun jadwal bersama Ketua RW.',
    answeredBy: lurah,
    promise: {
      owner: 'institution',
      ownerName: 'TP PKK',
      text: 'Jadwal bank sampah sekelurahan disusun bersama semua Ketua RW',
      dueIn: 25,
      steps: [],
    },
  },
  {
    asker: ['Ketua RT', /^RT/],
    kind: 'suggestion',
    pillar: 'edukatif',
    text: 'Contoh buku kas dan laporan keuangan RT dibuat satu bentuk, supaya pengurus baru tidak memulai dari kertas kosong.',
    answer: 'Contoh dibagikan pada pelatihan administrasi berikutnya.',
    answeredBy: 'Sekretaris Kelurahan Kebonsari Wetan',
  },
  {
    ...hope,
    text: 'LKK berperan strategis sebagai mitra kelurahan, dilibatkan sejak perencanaan dan tidak hanya saat pelaksanaan.',
    answer: 'Ketua lembaga diundang pada musyawarah perencanaan pembangunan kelurahan.',
    answeredBy: camat,
  },
  {
    ...hope,
    pillar: 'kreatif',
    text: 'Pengurus mendapat motivasi dan penghargaan, supaya semangat mengabdi tetap terjaga.',
  },
  {
    ...hope,
    text: 'Sinergi dengan pemerintah diperkuat melalui pertemuan yang teratur, sehingga program kota dan kegiatan warga saling mengisi.',
    answer: 'Rapat koordinasi lembaga dan kelurahan dijadwalkan setiap tiga bulan.',
    answeredBy: lurah,
    promise: {
      ...kelurahan,
      text: 'Rapat koordinasi lembaga dan kelurahan diadakan setiap tiga bulan',
      dueIn: 14,
      steps: [
        { status: 'in_progress', daysAgo: 60, by: 'lurah' },
        { status: 'claimed', daysAgo: 21, by: 'lurah', note: 'Rapat pertama sudah diadakan' },
        {
          status: 'reopened',
          daysAgo: 15,
          by: 'pokmas',
          note: 'Baru satu kali, dan Pokmas tidak menerima undangan',
        },
      ],
    },
  },
  {
    ...hope,
    pillar: 'ramah',
    text: 'Pemerintah dan LKK tanggap terhadap data yang akurat dan terkini, karena bantuan sering meleset oleh data lama.',
    answer: 'Data pengurus dan warga binaan diperiksa bersama setiap tiga bulan.',
    answeredBy: lurah,
    promise: {
      ...kelurahan,
      text: 'Data pengurus lembaga diperiksa bersama dan dimutakhirkan',
      dueIn: 5,
      steps: [
        { status: 'in_progress', daysAgo: 30, by: 'lurah' },
        {
          status: 'claimed',
          daysAgo: 2,
          by: 'lurah',
          note: 'Seluruh lembaga sudah diperiksa; yang berubah dicatat di Portal LKK',
        },
      ],
    },
  },
  {
    ...hope,
    pillar: 'edukatif',
    text: 'Teknologi dimanfaatkan untuk administrasi dan laporan, disertai pendampingan bagi pengurus yang belum terbiasa.',
    answer: 'Kecamatan mendampingi lembaga memakai Portal LKK.',
    answeredBy: camat,
    promise: {
      ...kecamatan,
      text: 'Pendampingan memakai Portal LKK bagi sekretaris lembaga diadakan',
      ownerUsername: 'camat.kanigaran',
      dueIn: -70,
      steps: [
        {
          status: 'claimed',
          daysAgo: 80,
          by: 'camat',
          note: 'Pendampingan dua hari di Bale Hinggil',
        },
        { status: 'confirmed', daysAgo: 77, by: 'pokmas' },
      ],
    },
  },
];

/** What the note taker wrote over the usual texts of the minutes. */
export const demoMinutes = {
  version: 1,
  noteTaker: 'Rini Puspitasari, S.AP.',
  course: [
    'Pelatihan dibuka Camat Kanigaran, yang menyampaikan bahwa lembaga kemasyarakatan kelurahan ialah mitra terdepan dalam mewujudkan Probolinggo Bersolek.',
    'Lurah Kebonsari Wetan menjelaskan tugas dan fungsi setiap lembaga menurut Peraturan Wali Kota Nomor 31 Tahun 2019.',
    'Sesudah istirahat, peserta menyampaikan kendala dan masukan dari lapangan. Pelaksana Ketua Pokmas Sinar Mulia menutup dialog dengan lima harapan.',
  ].join('\n'),
};
