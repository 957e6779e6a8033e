import type { Request, Response } from 'express';
import type { z } from 'zod';
import { publicActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { idFrom, requestIdOf } from '#src/http/request.ts';
import {
  checkInAtDoor,
  findDoorName,
  findDoorSession,
  findDoorTitle,
  listDoorNames,
} from '#src/attendance/door.ts';
import type { codeQuery, nameQuery, proofForm } from '#src/attendance/form.ts';
import {
  countProof,
  countUnknownCode,
  forgiveProof,
  isBlockedFromCodes,
} from '#src/attendance/limits.ts';
import { standingBadges } from '#src/attendance/rules.ts';
import { giveTicket, type Ticket, ticketOf } from '#src/attendance/ticket.ts';

const shownNames = 20;

/** For whoever types the code that stands below the QR. */
export function entryPage(_req: Request, res: Response, query: Form<z.output<typeof codeQuery>>) {
  unlisted(res);
  const code = query.input?.kode ?? null;
  if (code !== null) return res.redirect(303, `/h/${code}`);
  res
    .status(query.input ? 200 : 422)
    .renderPage('attendance/entry', { form: query.input ? blankForm() : query });
}

/** Where the QR leads: of this step or the one before it gives a ticket; everything else says why not. */
export async function enterByCode(req: Request, res: Response) {
  unlisted(res);
  const address = req.ip ?? '';
  if (await isBlockedFromCodes(address)) return refuse(res.status(429), 'blocked');
  const code = String(req.params.code).toUpperCase();
  const found = await asPublic(req, (tx) => findDoorSession(tx, code));
  if (!found) {
    await countUnknownCode(address);
    return refuse(res.status(404), 'unknown');
  }
  if (found.outcome !== 'open') return refuse(res.status(410), found.outcome);
  giveTicket(res, found.sessionId);
  res.redirect(303, '/h/nama');
}

/** Finds the own name; at least three letters of it, so that nobody reads the whole list. */
export async function findOwnName(
  req: Request,
  res: Response,
  query: Form<z.output<typeof nameQuery>>,
) {
  unlisted(res);
  const ticket = ticketOf(req);
  if (!ticket) return refuse(res.status(410), 'no_ticket');
  const wanted = query.input?.cari ?? '';
  const { session, names } = await asPublic(req, async (tx) => ({
    session: await findDoorTitle(tx, ticket.sessionId),
    names: wanted ? await listDoorNames(tx, ticket.sessionId, wanted) : [],
  }));
  if (!session?.isOpen) return refuse(res.status(410), 'closed');
  res.status(query.input ? 200 : 422).renderPage('attendance/names', {
    session,
    form: query,
    wanted,
    names: names.slice(0, shownNames),
    hasMore: names.length > shownNames,
  });
}

export async function proofPage(req: Request, res: Response) {
  await renderProof(req, res, blankForm());
}

/** Confirms who it is and writes it down; sent again, it answers the same. */
export async function checkIn(req: Request, res: Response, form: Form<z.output<typeof proofForm>>) {
  unlisted(res);
  const ticket = ticketOf(req);
  if (!ticket) return refuse(res.status(410), 'no_ticket');
  const { input } = form;
  if (!input) return renderProof(req, res.status(422), form);
  const invitationId = idFrom(req, 'invitationId');
  const wait = await countProof(req.ip ?? '', invitationId);
  if (wait !== null) return refuse(res.status(429).set('Retry-After', String(wait)), 'blocked');
  const given = { ...ticket, invitationId, proof: input.proof, nonce: form.key };
  const { outcome, standing, standingAt } = await asPublic(req, (tx) => checkInAtDoor(tx, given));
  if (outcome === 'wrong_proof')
    return renderProof(req, res.status(422), withError(form, 'proof', wrongProof));
  if (outcome === 'unknown') return refuse(res.status(404), 'stranger');
  await forgiveProof(req.ip ?? '', invitationId);
  if (outcome === 'closed' || outcome === 'not_open') return refuse(res.status(410), 'closed');
  res.renderPage('attendance/entered', {
    isHere: standing === 'present' || standing === 'late',
    standing: standing && standingBadges[standing].label,
    isLate: standing === 'late',
    standingAt,
  });
}

const wrongProof =
  'Tidak cocok dengan catatan kami. Periksa empat angka terakhir nomor HP Anda, atau kode enam huruf pada undangan';

async function renderProof(req: Request, res: Response, form: Form<unknown>) {
  unlisted(res);
  const ticket = ticketOf(req);
  if (!ticket) return refuse(res.status(410), 'no_ticket');
  const person = await nameFor(req, ticket);
  if (!person) return refuse(res.status(404), 'stranger');
  // What was typed may be somebody's digits: it is not printed back.
  res.renderPage('attendance/proof', { person, form: { ...form, values: {} } });
}

const nameFor = (req: Request, ticket: Ticket) =>
  asPublic(req, (tx) => findDoorName(tx, ticket.sessionId, idFrom(req, 'invitationId')));

const asPublic = <Result>(req: Request, work: (tx: Transaction) => Promise<Result>) =>
  asActor(publicActor(requestIdOf(req)), work);

const unlisted = (res: Response) => res.set('X-Robots-Tag', 'noindex, nofollow');

type Refusal = 'unknown' | 'expired' | 'closed' | 'blocked' | 'no_ticket' | 'stranger';

function refuse(res: Response, reason: Refusal) {
  res.renderPage('attendance/refused', { ...refusals[reason], mayTry: reason !== 'blocked' });
}

const refusals: Record<Refusal, { title: string; text: string }> = {
  unknown: {
    title: 'Kode ini tidak dikenal',
    text: 'Periksa enam huruf dan angka yang tampil di pintu, lalu coba lagi.',
  },
  expired: {
    title: 'Kode ini sudah berganti',
    text: 'Kode di pintu berganti setiap 30 detik, sehingga foto atau kiriman kode tidak berlaku. Pindai lagi QR yang sedang tampil.',
  },
  closed: {
    title: 'Sesi ini sudah ditutup',
    text: 'Kehadiran tidak dapat dicatat lagi dari HP. Bicaralah dengan petugas bila Anda hadir.',
  },
  blocked: {
    title: 'Terlalu banyak percobaan',
    text: 'Demi keamanan, pencatatan dari HP ini dihentikan sejenak. Mintalah petugas mencatat kehadiran Anda.',
  },
  no_ticket: {
    title: 'Pindai QR dahulu',
    text: 'Halaman ini terbuka selama lima menit setelah QR di pintu dipindai. Pindai lagi QR yang sedang tampil.',
  },
  stranger: {
    title: 'Nama ini tidak ada pada sesi ini',
    text: 'Pindai QR di pintu ruangan Anda, atau mintalah petugas mencatat kehadiran Anda.',
  },
};
