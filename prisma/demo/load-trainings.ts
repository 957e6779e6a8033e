import { randomBytes } from 'node:crypto';
import type { Transaction } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { inviteToNextMonth, inviteToPast } from './load-invitations.ts';

/** The training of August 2025 that the portal began with, and one a month ahead. */
export async function loadTrainings(tx: Transaction, today: string): Promise<void> {
  const kelurahan = await tx.kelurahan.findFirstOrThrow({
    where: { name: 'Kebonsari Wetan' },
    select: { id: true, name: true, kecamatan: { select: { name: true } } },
  });
  const past = await insertTraining(tx, {
    organiserKind: 'kecamatan',
    organiserName: `Kecamatan ${kelurahan.kecamatan.name}`,
    kelurahanIds: [kelurahan.id],
    title: 'Pelatihan pengurus LKK Kelurahan Kebonsari Wetan',
    aims: 'Pengurus memahami tugas dan fungsi lembaganya, menyampaikan kendala dan masukan dari lapangan, dan ikut menjalankan Probolinggo Bersolek.',
    legalBasis: 'Peraturan Wali Kota Probolinggo Nomor 31 Tahun 2019',
    pillars: ['ramah', 'sejahtera', 'edukatif', 'kreatif'],
    budgetSource: 'APBD Kecamatan Kanigaran 2025',
    status: 'finished',
    day: '2025-08-07',
    venue: 'Bale Hinggil',
    sessions: [
      {
        from: '08:00',
        until: '11:30',
        topic: 'Pembukaan, tugas dan fungsi LKK, Probolinggo Bersolek',
        speakers: 'Camat Kanigaran; Lurah Kebonsari Wetan',
      },
      {
        from: '12:30',
        until: '15:00',
        topic: 'Dialog: kendala dan masukan dari lapangan',
        speakers: 'Camat Kanigaran',
      },
    ],
  });
  await inviteToPast(tx, past);
  const next = await insertTraining(tx, {
    organiserKind: 'kelurahan',
    organiserName: `Kelurahan ${kelurahan.name}`,
    kelurahanIds: [kelurahan.id],
    title: 'Administrasi dan keuangan RT dan RW',
    aims: 'Buku administrasi dan laporan keuangan RT dan RW tersusun seragam.',
    legalBasis: 'Peraturan Wali Kota Probolinggo Nomor 31 Tahun 2019',
    pillars: ['edukatif'],
    budgetSource: 'APBD Kelurahan Kebonsari Wetan',
    status: 'scheduled',
    day: addDays(today, 30),
    venue: 'Balai Kelurahan Kebonsari Wetan',
    sessions: [
      {
        from: '08:30',
        until: '12:00',
        topic: 'Buku administrasi dan laporan keuangan',
        speakers: 'Sekretaris Kelurahan Kebonsari Wetan',
      },
    ],
  });
  await inviteToNextMonth(tx, next, today);
}

type DemoTraining = {
  organiserKind: 'kecamatan' | 'kelurahan';
  organiserName: string;
  kelurahanIds: number[];
  title: string;
  aims: string;
  legalBasis: string;
  pillars: string[];
  budgetSource: string;
  status: 'scheduled' | 'finished';
  day: string;
  venue: string;
  sessions: { from: string; until: string; topic: string; speakers: string }[];
};

async function insertTraining(
  tx: Transaction,
  { day, venue, sessions, ...training }: DemoTraining,
): Promise<number> {
  const at = (time: string) => new Date(`${day}T${time}:00+07:00`);
  const { id } = await tx.training.create({
    data: {
      ...training,
      sessions: {
        create: sessions.map(({ from, until, ...session }) => ({
          ...session,
          venue,
          startsAt: at(from),
          endsAt: at(until),
          // Nobody has to be told again: the invitations went out later.
          movedAt: new Date(`${addDays(day, -60)}T08:00:00+07:00`),
          qrSecret: randomBytes(32),
        })),
      },
    },
    select: { id: true },
  });
  return id;
}
