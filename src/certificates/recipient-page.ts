import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { certificateContent } from '#src/certificates/content.ts';
import { lineOf } from '#src/certificates/pages.ts';
import { codeInGroups, isEligible } from '#src/certificates/rules.ts';
import {
  certificateLines,
  certificatesOf,
  type IssuedCertificate,
  sessionsAttended,
} from '#src/certificates/statements.ts';
import { organises } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** One person: why they may have a certificate or not, and what they were given. */
export async function recipientPage(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const invitationId = idFrom(req, 'invitationId');
  const [[training], [line], sessions, certificates] = await readAs(
    actorOf(req),
    trainingHeader(id),
    certificateLines(id, null, null, invitationId, 1, 0),
    sessionsAttended(id, invitationId),
    certificatesOf(id, invitationId),
  );
  if (!training || !line) throw notFound();
  const mayIssue = organises(account, training) && training.status === 'finished';
  res.renderPage('certificates/recipient', {
    training,
    base: `/pelatihan/${id}/sertifikat`,
    line: lineOf(line),
    sessions: sessions.map((session) => ({ ...session, word: wordOf(session.status) })),
    mayIssue: mayIssue && isEligible(line) && certificates.length === 0,
    mayChange: mayIssue,
    certificates: certificates.map((one, index) => shownCertificate(one, certificates[index - 1])),
    key: blankForm().key,
  });
}

function shownCertificate(one: IssuedCertificate, successor: IssuedCertificate | undefined) {
  const content = certificateContent.parse(one.content);
  return {
    ...one,
    content,
    code: codeInGroups(one.code),
    successor: successor?.number ?? null,
    badge:
      one.revokedOn !== null
        ? { label: 'Dicabut', tone: 'bad' }
        : successor
          ? { label: 'Digantikan', tone: 'warn' }
          : { label: 'Berlaku', tone: 'good' },
  };
}

const words = { present: 'Hadir', late: 'Terlambat', excused: 'Izin', absent: 'Absen' } as const;
const wordOf = (status: keyof typeof words | null) => (status ? words[status] : 'Belum dicatat');
