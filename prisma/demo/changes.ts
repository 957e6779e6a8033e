import { addDays } from '#src/format.ts';
import type { Kelurahan } from './boards.ts';
import { holderOf } from './events.ts';
import type { PlannedChange, PlannedKelurahan } from './plan-types.ts';
import {
  decided,
  fillOf,
  find,
  getHolder,
  newYouthChair,
  replaceApproved,
  replaceOf,
  workday,
  type Desk,
} from './proposals.ts';

/** Proposals in every state: waiting, returned, refused, and approved ones that the rosters already show. */
export function changesOf(
  kelurahan: Kelurahan,
  plan: PlannedKelurahan,
  today: string,
): PlannedKelurahan {
  const desk = { kelurahan, plan, today };
  if (plan.office.name === 'Kebonsari Wetan') return { ...plan, changes: kebonsariWetan(desk) };
  if (plan.office.name === 'Sukoharjo') return { ...plan, changes: sukoharjo(desk) };
  return plan;
}

function kebonsariWetan(desk: Desk): PlannedChange[] {
  const { plan, today } = desk;
  const staff = 'staf.kebonsariwetan';
  const lurah = 'lurah.kebonsariwetan';
  const rt = find(desk, 'RT 003/RW 002');
  const rtChair = holderOf(rt, 'chair');
  if (rtChair) plan.officers.set('ketua.rt003rw002', { institution: rt, tenure: rtChair });

  const approved = [
    replaceApproved(desk, {
      name: 'RT 001/RW 003',
      position: 'treasurer',
      daysAgo: 204,
      maker: staff,
      lurah,
      endReason: 'moved',
      reason: 'Bendahara pindah domisili ke Kelurahan Jrebeng Kulon.',
    }),
    replaceApproved(desk, {
      name: 'RW 005',
      position: 'secretary',
      daysAgo: 96,
      maker: staff,
      lurah,
      endReason: 'resigned',
      reason: 'Sekretaris mengundurkan diri karena bekerja di luar kota.',
    }),
  ];
  const returned = fillOf(desk, {
    name: 'LPM Kebonsari Wetan',
    position: 'section_head',
    number: 6,
    maker: staff,
    daysAgo: 12,
    reason: 'Bidang Pembangunan belum ada ketuanya sejak susunan pengurus ditetapkan.',
  });
  const refused = replaceOf(desk, {
    name: 'RT 002/RW 006',
    position: 'section',
    maker: staff,
    daysAgo: 47,
    endReason: 'resigned',
    reason: 'Ketua RT mengusulkan penggantian seksi.',
  });
  return [
    ...approved,
    decided(refused, {
      by: lurah,
      outcome: 'refused',
      on: workday(addDays(today, -44)),
      decree: null,
      note: 'Pengurus yang diganti menyatakan tidak pernah mengundurkan diri. Selesaikan dulu dalam musyawarah RT.',
    }),
    decided(returned, {
      by: lurah,
      outcome: 'returned',
      on: workday(addDays(today, -9)),
      decree: null,
      note: 'Lampirkan nomor dan tanggal berita acara musyawarah LPM.',
    }),
    replaceOf(desk, {
      name: rt.name,
      position: 'secretary',
      maker: 'ketua.rt003rw002',
      daysAgo: 3,
      endReason: 'moved',
      reason: 'Sekretaris pindah domisili ke Kelurahan Wonoasih. Hasil musyawarah warga RT 003.',
    }),
    fillOf(desk, {
      name: 'Posyandu Melati 2',
      position: 'treasurer',
      number: 1,
      maker: staff,
      daysAgo: 2,
      reason: 'Jabatan bendahara kosong; hasil musyawarah kader Posyandu Melati 2.',
    }),
    newYouthChair(desk, staff),
  ];
}

function sukoharjo(desk: Desk): PlannedChange[] {
  const staff = 'staf.sukoharjo';
  const lurah = 'lurah.sukoharjo';
  const rw = find(desk, 'RW 004');
  const treasurer = getHolder(rw, 'treasurer');
  return [
    replaceApproved(desk, {
      name: 'RT 002/RW 001',
      position: 'secretary',
      daysAgo: 141,
      maker: staff,
      lurah,
      endReason: 'deceased',
      reason: 'Sekretaris meninggal dunia; pengganti dipilih dalam musyawarah warga.',
    }),
    {
      institution: rw,
      kind: 'end',
      seat: treasurer.seat,
      maker: staff,
      outgoing: treasurer,
      candidate: null,
      decision: null,
      submittedOn: workday(addDays(desk.today, -4)),
      effectiveOn: addDays(desk.today, 7),
      reason: 'Bendahara berhalangan tetap karena sakit; pengganti menyusul.',
      endReason: 'unable',
    },
  ];
}
