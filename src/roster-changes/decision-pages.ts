import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { suggestNumber } from '#src/decrees/numbering.ts';
import {
  approveChange,
  ApprovalRefused,
  type NumberProblem,
} from '#src/roster-changes/approval.ts';
import { checkChange } from '#src/roster-changes/checks.ts';
import {
  blocksLeft,
  exceptionChoices,
  exceptionsIn,
  missingReason,
  isBlocked,
} from '#src/roster-changes/exceptions.ts';
import type { ApprovalInput, noteForm } from '#src/roster-changes/form.ts';
import { describe } from '#src/roster-changes/description.ts';
import {
  getChange,
  incomingName,
  moveChange,
  type Change,
} from '#src/roster-changes/repository.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';

/** The lurah's three answers to a proposal. Each asks once, on a page of its own. */

export async function approvalPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) =>
    approvalModel(tx, await getWaiting(tx, req)),
  );
  if (model.isBlocked) return res.redirect(303, `/usulan/${model.change.id}`);
  res.renderPage('roster-changes/approve', {
    ...model,
    form: blankForm({
      version: model.change.version,
      decreeNumber: model.suggested,
      decreedOn: format.today(),
    }),
  });
}

export async function approve(req: Request, res: Response, form: Form<ApprovalInput>) {
  const checked = withReasonCheck(withDateCheck(form));
  const { input } = checked;
  if (!input) return showApproval(req, res, checked);
  try {
    const location = await once(req, form, async (tx) => {
      const change = await getWaiting(tx, req);
      const checks = await checkChange(tx, change);
      const exceptions = exceptionsIn(checks, input);
      if (blocksLeft(checks, exceptions)) throw new ApprovalRefused({ problem: 'blocked' });
      await approveChange(tx, change, { decider: currentAccount(req), input, exceptions });
      leaveNotice(
        req,
        `Usulan ${change.number ?? ''} disetujui dengan SK nomor ${input.decreeNumber}. Susunan pengurus sudah diperbarui.`,
      );
      return `/usulan/${change.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    await answerProblem(req, res, checked, error);
  }
}

export async function returnPage(req: Request, res: Response) {
  await showNote(req, res, blankForm(), 'roster-changes/return');
}

export async function returnChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
) {
  await decideWithNote(req, res, form, {
    outcome: 'returned',
    view: 'roster-changes/return',
    notice: 'Usulan dikembalikan kepada pengusul dengan catatan Anda.',
  });
}

export async function refusalPage(req: Request, res: Response) {
  await showNote(req, res, blankForm(), 'roster-changes/refuse');
}

export async function refuseChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
) {
  await decideWithNote(req, res, form, {
    outcome: 'refused',
    view: 'roster-changes/refuse',
    notice: 'Usulan ditolak. Pengusul menerima alasan Anda.',
  });
}

/** A submitted proposal that somebody else made: who made it does not decide it (the database holds this too). */
async function getWaiting(tx: Transaction, req: Request): Promise<Change> {
  const change = await getChange(tx, idFrom(req));
  if (change.makerId === currentAccount(req).id) throw forbidden();
  if (change.status !== 'submitted') throw new HttpError(409, 'not waiting');
  return change;
}

async function approvalModel(tx: Transaction, change: Change) {
  const lastDecree = await tx.decree.findFirst({
    where: { kelurahanId: change.institution.kelurahan.id },
    orderBy: [{ decreedOn: 'desc' }, { id: 'desc' }],
    select: { number: true, decreedOn: true },
  });
  const described = await describe(tx, change);
  return {
    ...described,
    isBlocked: isBlocked(described.checks),
    exceptionChoices: exceptionChoices(described.checks),
    suggested: await suggestNumber(
      tx,
      change.institution.kelurahan.id,
      Number(format.today().slice(0, 4)),
    ),
    mayEndApart: endsAndAppoints(change),
    lastDecree: lastDecree && {
      number: lastDecree.number,
      decreedOn: format.isoDate(lastDecree.decreedOn),
    },
  };
}

async function showApproval(req: Request, res: Response, form: Form<unknown>) {
  const model = await asActor(actorOf(req), async (tx) =>
    approvalModel(tx, await getWaiting(tx, req)),
  );
  res.status(422).renderPage('roster-changes/approve', { ...model, form });
}

/** Then an office may write two decrees: one that ends, one that appoints. */
const endsAndAppoints = ({ kind, lines }: Change) =>
  kind === 'new_board' || lines.some((line) => line.outgoing && incomingName(line) !== null);

function withDateCheck(form: Form<ApprovalInput>): Form<ApprovalInput> {
  const { input } = form;
  if (input?.endingDecreedOn && input.endingNumber === null)
    return withError(form, 'endingNumber', 'Isi nomor SK pemberhentian, atau kosongkan tanggalnya');
  if (input?.endingNumber && input.endingNumber === input.decreeNumber)
    return withError(
      form,
      'endingNumber',
      'Nomor ini sama dengan SK pengangkatan. Kosongkan bila satu SK memuat keduanya',
    );
  if (input?.endingDecreedOn && input.endingDecreedOn > format.today())
    return withError(form, 'endingDecreedOn', 'Tanggal SK tidak boleh sesudah hari ini');
  if (form.input && form.input.decreedOn > format.today()) {
    return withError(form, 'decreedOn', 'Tanggal SK tidak boleh sesudah hari ini');
  }
  return form;
}

function withReasonCheck(form: Form<ApprovalInput>): Form<ApprovalInput> {
  const { input } = form;
  const field = input && missingReason(input);
  return field ? withError(form, field, 'Tulis alasan pengecualian ini') : form;
}

/** What the database or another decision made impossible, in words at the right place. */
async function answerProblem(
  req: Request,
  res: Response,
  form: Form<ApprovalInput>,
  error: unknown,
) {
  if (error instanceof ApprovalRefused) {
    if (error.reason.problem === 'stale') return expire(req, res);
    if (error.reason.problem === 'blocked') {
      const message =
        'Ada aturan yang dilanggar; lihat yang perlu diperhatikan. Beri pengecualian di bawah bila diperbolehkan, atau kembalikan usulan untuk perbaikan.';
      return showApproval(req, res, withError(form, '', message));
    }
    if (error.reason.problem === 'changed')
      return showApproval(
        req,
        res,
        withError(
          form,
          '',
          'Usulan atau pemeriksaannya berubah sejak halaman ini dibuka. Periksa lagi sebelum menyetujui.',
        ),
      );
    return showApproval(req, res, withNumberProblem(form, error.reason));
  }
  const broken = brokenRules.find(([constraint]) => violates(error, constraint));
  if (!broken) throw error;
  await showApproval(req, res, withError(form, '', await sentenceFor(req, broken[1])));
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

/** The roster moved on since the proposal was sent: it is closed and shown beside the roster of today. */
async function expire(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => {
    const change = await getWaiting(tx, req);
    await moveChange(tx, change, { status: 'expired' });
    const seats = await listSeatsOn(tx, change.institution.id);
    return { change, comparison: compare(change, seats) };
  });
  res.status(409).renderPage('roster-changes/expired', model);
}

type Seats = Awaited<ReturnType<typeof listSeatsOn>>;

const compare = (change: Change, seats: Seats) =>
  change.lines.map((line) => {
    const now = seats.find(({ id }) => id === line.seatId);
    return {
      position: line.positionName,
      whenProposed: line.outgoing?.name ?? null,
      now: now?.holder?.name ?? (now?.acting ? `${now.acting.name} (Plt.)` : null),
      proposed: incomingName(line),
    };
  });

async function showNote(req: Request, res: Response, form: Form<unknown>, view: string) {
  const change = await asActor(actorOf(req), (tx) => getWaiting(tx, req));
  res.renderPage(view, {
    change,
    form: { ...form, values: { version: String(change.version), ...form.values } },
  });
}

async function decideWithNote(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
  decision: { outcome: 'returned' | 'refused'; view: string; notice: string },
) {
  const { input } = form;
  if (!input) return showNote(req, res.status(422), form, decision.view);
  const decider = currentAccount(req);
  const location = await once(req, form, async (tx) => {
    const change = await getWaiting(tx, req);
    await tx.decision.create({
      data: {
        rosterChangeId: change.id,
        institutionId: change.institution.id,
        kelurahanId: change.institution.kelurahan.id,
        makerId: change.makerId,
        decidedBy: decider.id,
        decidedByName: decider.displayName,
        outcome: decision.outcome,
        note: input.note,
      },
    });
    const moved = await moveChange(
      tx,
      { ...change, version: input.version },
      { status: decision.outcome },
    );
    if (!moved) throw new HttpError(409, 'changed meanwhile');
    return `/usulan/${change.id}`;
  });
  leaveNotice(req, decision.notice);
  res.redirect(303, location);
}
