import type { Request } from 'express';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { incomingName } from '#src/roster-changes/change.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import {
  ApprovalRefused,
  type ApprovalProblem,
  type NumberProblem,
} from '#src/roster-changes/refusals.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';
import { getWaiting } from '#src/roster-changes/waiting.ts';

/** The form with what the database or another decision made impossible, in words at the right place. */
export async function withProblem(
  req: Request,
  form: Form<ApprovalInput>,
  error: unknown,
): Promise<Form<ApprovalInput>> {
  if (error instanceof ApprovalRefused) return withRefusal(form, error.reason);
  const broken = brokenRules.find(([constraint]) => violates(error, constraint));
  if (!broken) throw error;
  return withError(form, '', await sentenceFor(req, broken[1]));
}

function withRefusal(form: Form<ApprovalInput>, reason: ApprovalProblem): Form<ApprovalInput> {
  switch (reason.problem) {
    case 'blocked':
      return withError(
        form,
        '',
        'Ada aturan yang dilanggar; lihat yang perlu diperhatikan. Beri pengecualian di bawah bila diperbolehkan, atau kembalikan usulan untuk perbaikan.',
      );
    case 'stale':
    case 'changed':
      return withError(
        form,
        '',
        'Usulan atau pemeriksaannya berubah sejak halaman ini dibuka. Periksa lagi sebelum menyetujui.',
      );
    case 'decree-too-old':
      return withError(
        form,
        reason.field,
        `Tahun SK jauh sebelum perubahan ini berlaku (${format.date(reason.effectiveOn)}). Periksa tahunnya.`,
      );
    default:
      return withNumberProblem(form, reason);
  }
}

function withNumberProblem(form: Form<ApprovalInput>, reason: NumberProblem) {
  const field = form.values.endingNumber === reason.number ? 'endingNumber' : 'decreeNumber';
  const message =
    reason.problem === 'decree-locked'
      ? 'SK nomor ini sudah ditandatangani atau dicabut dan tidak dapat ditambah. Isi nomor SK lain.'
      : `Nomor ini sudah dipakai SK tanggal ${format.date(reason.decreedOn)}. Periksa nomor atau tanggalnya.`;
  return withError(form, field, message);
}

/** Constraints that two people at once can run into, although the checks found nothing. */
const brokenRules = [
  ['tenures_one_holder_per_seat', 'seat'],
  ['tenures_one_seat_per_institution', 'person'],
  ['tenures_no_concurrent_office', 'concurrent'],
  ['tenures_one_field', 'field'],
  ['tenures_apply_rules', 'eligibility'],
  ['tenures_one_per_term_number', 'limit'],
  ['tenures_term_limit', 'limit'],
  ['tenures_within_board', 'board'],
  ['tenures_within_seat', 'board'],
  ['boards_', 'board'],
  ['people_one_per_nik', 'nik'],
  ['tenures_of_active_people', 'merged'],
] as const;

async function sentenceFor(req: Request, rule: (typeof brokenRules)[number][1]): Promise<string> {
  const { change, seats } = await asActor(actorOf(req), async (tx) => {
    const waiting = await getWaiting(tx, req);
    return { change: waiting, seats: await listSeatsOn(tx, waiting.institution.id) };
  });
  const names = change.lines.flatMap((line) => incomingName(line) ?? []).join(', ');
  const held = seats.filter(({ id }) => change.lines.some(({ seatId }) => seatId === id));
  const holders = held.flatMap(({ name, holder }) =>
    holder ? `${name} dijabat ${holder.name}` : [],
  );
  switch (rule) {
    case 'seat':
      return `Kursi ini sudah terisi pada masa itu${holders.length > 0 ? `: ${holders.join('; ')}` : ''}. Muat ulang lalu periksa lagi.`;
    case 'person':
      return `${names} sudah memegang jabatan lain dalam lembaga ini pada masa itu.`;
    case 'concurrent':
      return `${names} sudah menjabat di lembaga lain pada masa itu. Rangkap jabatan dilarang.`;
    case 'field':
      return `${names} sudah bertugas pada bidang lain di Posyandu pada masa itu.`;
    case 'eligibility':
      return `Usia atau pendidikan ${names} yang tercatat tidak memenuhi syarat jabatan ini.`;
    case 'limit':
      return `${names} sudah mencapai batas masa bakti dalam jabatan ini.`;
    case 'board':
      return 'Tanggal berlaku tidak cocok dengan masa bakti kepengurusan. Kembalikan usulan agar tanggalnya diperbaiki.';
    case 'merged':
      return `Data ${names} baru saja digabung dengan data orang lain. Muat ulang lalu periksa lagi.`;
    case 'nik':
      return 'NIK calon baru saja dicatat untuk orang lain. Muat ulang lalu periksa lagi.';
  }
}
