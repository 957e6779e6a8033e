import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import { toldIn, type TellingInput, type TellingQuery } from '#src/invitations/form.ts';
import { groupMessage, personalMessage, whatsAppUrl } from '#src/invitations/messages.ts';
import { sessionMoves } from '#src/invitations/moves.ts';
import { badgeOf, filtersOf, isToTell } from '#src/invitations/pages.ts';
import { markTold } from '#src/invitations/repository.ts';
import { tellingLabels, tellingOfFilter, type TellingFilter } from '#src/invitations/rules.ts';
import {
  type Counts,
  invitationCounts,
  invitationList,
  pageSize,
} from '#src/invitations/statements.ts';
import { invitationUrl } from '#src/invitations/tokens.ts';
import { organises } from '#src/trainings/frame.ts';
import { trainingFacts, trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

/** Staff send each their link from their own phone, then tick who was sent it. */
export async function tellingPage(req: Request, res: Response, query: Form<TellingQuery>) {
  if (!query.input) throw notFound();
  const { kabar, halaman } = query.input;
  const { training, counts } = await readHead(req);
  await render(req, res, {
    kabar: kabar && filtersOf(training).includes(kabar) ? kabar : firstWith(training, counts),
    page: halaman,
    form: blankForm(),
  });
}

export async function tell(req: Request, res: Response, form: Form<TellingInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'unknown box');
  const { training } = await readHead(req);
  if (!filtersOf(training).includes(input.kabar)) throw new HttpError(409, 'cancelled');
  const ids = input.all ? 'all' : toldIn(input);
  if (ids.length === 0) {
    const asked = withError(form, 'undangan1', 'Centang paling sedikit satu nama');
    return render(req, res.status(422), { kabar: input.kabar, page: 1, form: asked });
  }
  const location = await once(req, form, async (tx) => {
    const from = tellingOfFilter[input.kabar];
    const count = await markTold(tx, { trainingId: idFrom(req), from, ids });
    leaveNotice(req, noticeOf(input.kabar, count));
    return `/pelatihan/${idFrom(req)}/undangan/kabar?kabar=${input.kabar}`;
  });
  res.redirect(303, location);
}

const noticeOf = (kabar: TellingFilter, count: number) =>
  kabar === 'sudah'
    ? `Tanda ${format.number(count)} orang dibatalkan.`
    : `${format.number(count)} orang ditandai sudah diberi tahu.`;

const firstWith = ({ status }: { status: string }, { again, unsent }: Counts): TellingFilter =>
  again > 0 ? 'lagi' : unsent > 0 && status !== 'cancelled' ? 'belum' : 'sudah';

async function readHead(req: Request) {
  const id = idFrom(req);
  const [[training], [facts], sessions, moves, [counts]] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingFacts(id),
    trainingSessions(id),
    sessionMoves(id),
    invitationCounts(id),
  );
  if (!training || !facts || !counts) throw notFound();
  if (!organises(currentAccount(req), training)) throw forbidden();
  if (!isToTell(training, counts)) throw new HttpError(409, 'nobody to tell');
  return {
    training,
    counts,
    about: { ...training, cancelReason: facts.cancelReason, sessions, moves },
  };
}

type Asked = { kabar: TellingFilter; page: number; form: Form<unknown> };

async function render(req: Request, res: Response, { kabar, page, form }: Asked) {
  const { training, counts, about } = await readHead(req);
  const { id } = training;
  const [rows] = await readAs(
    actorOf(req),
    invitationList(id, null, null, null, tellingOfFilter[kabar], pageSize, (page - 1) * pageSize),
  );
  const seesNumbers = seesPhones(currentAccount(req));
  const count = rows[0]?.total ?? 0;
  const base = `/pelatihan/${id}/undangan`;
  const here = (filter: TellingFilter, number = 1) =>
    `${base}/kabar?kabar=${filter}${number > 1 ? `&halaman=${number}` : ''}`;
  const group = groupMessage(about, kabar === 'lagi');
  res.renderPage('invitations/telling', {
    training,
    form,
    kabar,
    base,
    tabs: filtersOf(training).map((filter) => ({
      label: tellingLabels[filter],
      href: here(filter),
      count: format.number(counts[tellingOfFilter[filter]]),
      ...(filter === kabar ? { current: true as const } : {}),
    })),
    group: { text: group, href: whatsAppUrl(group) },
    rows: rows.map(({ id: invitationId, kind, name, phone, code, telling, heardAt, ...row }) => {
      const url = invitationUrl({ trainingId: id, code });
      const text = personalMessage(about, { name, telling, heardAt, url });
      return {
        id: invitationId,
        name,
        office: [row.positionName, row.institutionName].filter(Boolean).join(', '),
        badge: badgeOf(training, telling),
        note: telling === 'told' ? toldInWords(kind, row) : null,
        href: phone !== null && seesNumbers ? whatsAppUrl(text, phone) : null,
        openHref: whatsAppUrl(text),
      };
    }),
    count,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    pageHref: (number: number) => here(kabar, number),
    summary: `${format.number(count)} orang`,
  });
}

const toldInWords = (
  kind: string,
  { sentAt, answeredAt }: { sentAt: Date | null; answeredAt: Date | null },
) => {
  if (kind === 'walk_in') return 'Datang langsung';
  if (answeredAt !== null) return `Menjawab ${format.moment(answeredAt)}`;
  return sentAt === null ? null : `Dikirimi ${format.moment(sentAt)}`;
};
