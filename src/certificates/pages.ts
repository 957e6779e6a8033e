import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { addressOf } from '#src/http/list-filter.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { isDelegated } from '#src/certificates/content.ts';
import type { CertificateQuery } from '#src/certificates/form.ts';
import {
  certificateFilters,
  filterLabels,
  isEligible,
  requirementInWords,
  standingInWords,
} from '#src/certificates/rules.ts';
import {
  type CertificateLine,
  certificateLines,
  certificateSummary,
} from '#src/certificates/statements.ts';
import { escapeLike } from '#src/queries.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

const pageSize = 50;

/** Everybody who was invited or came: whether they came often enough, and their certificate. */
export async function certificateList(req: Request, res: Response, form: Form<CertificateQuery>) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const { cari = null, status = null, halaman: page = 1 } = form.input ?? {};
  const [[training], [summary], rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    certificateSummary(id),
    certificateLines(
      id,
      cari && escapeLike(cari),
      status,
      null,
      form.input ? pageSize : 0,
      (page - 1) * pageSize,
    ),
  );
  if (!training || !summary) throw notFound();
  const mayIssue = organises(account, training);
  const isOver = training.status === 'finished';
  const base = `/pelatihan/${id}/sertifikat`;
  res.status(form.input ? 200 : 422).renderPage('certificates/list', {
    ...trainingFrame(training, { account, current: 'Sertifikat' }),
    form,
    base,
    summary,
    requirement: requirementInWords(summary.sessions, summary.minimumShare),
    mayIssue,
    isOver,
    actions: actionsOf(base, { mayIssue, isOver, ...summary }),
    filters: certificateFilters.map((value) => ({ value, label: filterLabels[value] })),
    rows: rows.map(lineOf),
    count: rows[0]?.total ?? 0,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / pageSize)),
    href: (number: number) => hrefOf(base, form.values, number),
  });
}

export const lineOf = (line: CertificateLine) => ({
  ...line,
  shownName: line.holder ?? (isDelegated(line) ? (line.delegateName ?? '') : line.name),
  standsFor: isDelegated(line) ? line.name : null,
  place: [line.positionName, line.institutionName].filter(Boolean).join(', '),
  standing: standingInWords(line),
  badge: badgeOf(line),
});

function badgeOf(line: CertificateLine) {
  if (line.revokedOn !== null) return { label: 'Dicabut', tone: 'bad' };
  if (line.certificateId !== null) return { label: 'Terbit', tone: 'good' };
  return isEligible(line)
    ? { label: 'Berhak', tone: 'warn' }
    : { label: 'Belum memenuhi syarat', plain: true };
}

const actionsOf = (
  base: string,
  given: { mayIssue: boolean; isOver: boolean; waiting: number; issued: number },
) =>
  given.mayIssue
    ? [
        ...(given.isOver && given.waiting > 0
          ? [
              {
                label: `Terbitkan ${given.waiting} sertifikat`,
                href: `${base}/penerbitan`,
                primary: true,
                icon: 'certificate',
              },
            ]
          : []),
        ...(given.issued > 0
          ? [{ label: 'Unduh semua (PDF)', href: `${base}.pdf`, icon: 'download' }]
          : []),
        { label: 'Pengaturan', href: `${base}/pengaturan`, icon: 'settings' },
      ]
    : [];

const hrefOf = (base: string, values: Record<string, string>, page: number) =>
  addressOf(base, { ...values, halaman: String(page) });
