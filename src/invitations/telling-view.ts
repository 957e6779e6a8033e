import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, HttpError, notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import { type About, groupMessage, personalMessage } from '#src/invitations/messages.ts';
import { sessionMoves } from '#src/invitations/moves.ts';
import { badgeOf, filtersOf, isToTell } from '#src/invitations/pages.ts';
import { tellingLabels, tellingOfFilter, type TellingFilter } from '#src/invitations/rules.ts';
import {
  type Invitation,
  invitationCounts,
  invitationList,
  invitedTypes,
  pageSize,
} from '#src/invitations/statements.ts';
import { invitationUrl } from '#src/invitations/tokens.ts';
import { organises } from '#src/trainings/frame.ts';
import { trainingFacts, trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

/** The training and whom of it the organiser may tell. */
export async function readTelling(req: Request) {
  const id = idFrom(req);
  const [[training], [facts], sessions, moves, [counts], types] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingFacts(id),
    trainingSessions(id),
    sessionMoves(id),
    invitationCounts(id),
    invitedTypes(id),
  );
  if (!training || !facts || !counts) throw notFound();
  if (!organises(currentAccount(req), training)) throw forbidden();
  if (!isToTell(training, counts)) throw new HttpError(409, 'nobody to tell');
  const about = { ...training, cancelReason: facts.cancelReason, sessions, moves };
  return { training, counts, about, types };
}

export type Asked = {
  kabar: TellingFilter;
  jenis: string | null;
  page: number;
  form: Form<unknown>;
};

export const tellingHref = (
  id: number,
  { kabar, jenis }: Pick<Asked, 'kabar' | 'jenis'>,
  page = 1,
) => {
  const query = new URLSearchParams({ kabar });
  if (jenis) query.set('jenis', jenis);
  if (page > 1) query.set('halaman', String(page));
  return `/pelatihan/${id}/undangan/kabar?${query}`;
};

export async function renderTelling(req: Request, res: Response, asked: Asked) {
  const { kabar, jenis, page, form } = asked;
  const { training, counts, about, types } = await readTelling(req);
  const { id } = training;
  const [rows] = await readAs(
    actorOf(req),
    invitationList(id, null, null, jenis, tellingOfFilter[kabar], pageSize, (page - 1) * pageSize),
  );
  const phones = seesPhones(currentAccount(req));
  const count = rows[0]?.total ?? 0;
  const group = groupMessage(about, kabar === 'lagi');
  res.renderPage('invitations/telling', {
    training,
    form,
    kabar,
    jenis,
    types: types.map(({ code, name }) => ({ value: code, label: name })),
    base: `/pelatihan/${id}/undangan`,
    tabs: filtersOf(training).map((filter) => ({
      label: tellingLabels[filter],
      href: tellingHref(id, { kabar: filter, jenis }),
      count: format.number(counts[tellingOfFilter[filter]]),
      ...(filter === kabar ? { current: true as const } : {}),
    })),
    group: { text: group, href: format.whatsAppUrl(group) },
    rows: rows.map((row) => rowOf(about, row, { id, phones })),
    count,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    pageHref: (number: number) => tellingHref(id, asked, number),
    summary: `${format.number(count)} orang`,
  });
}

function rowOf(about: About, row: Invitation, { id, phones }: { id: number; phones: boolean }) {
  const url = invitationUrl({ trainingId: id, code: row.code });
  const text = personalMessage(about, { ...row, url });
  return {
    id: row.id,
    name: row.name,
    office: [row.positionName, row.institutionName].filter(Boolean).join(', '),
    badge: badgeOf(about, row.telling),
    note: row.telling === 'told' ? toldInWords(row) : null,
    href: row.phone !== null && phones ? format.whatsAppUrl(text, row.phone) : null,
    openHref: format.whatsAppUrl(text),
  };
}

const toldInWords = ({ kind, sentAt, answeredAt }: Invitation) => {
  if (kind === 'walk_in') return 'Datang langsung';
  if (answeredAt !== null) return `Menjawab ${format.moment(answeredAt)}`;
  return sentAt === null ? null : `Dikirimi ${format.moment(sentAt)}`;
};
