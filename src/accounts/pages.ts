import type { Request, Response } from 'express';
import { roles } from '#src/access.ts';
import type { AccountsQuery } from '#src/accounts/form.ts';
import { listAccounts, pageSize } from '#src/accounts/listing.ts';
import { countSessions, endSessions, withdrawLinks } from '#src/accounts/entry.ts';
import {
  getAccount,
  getRemovable,
  listAccountEvents,
  updateAccount,
} from '#src/accounts/repository.ts';
import {
  accountStatuses,
  changedMeanwhile,
  eventTitle,
  RemovalRefused,
  roleSlug,
  statusBadge,
} from '#src/accounts/rules.ts';
import { asActor } from '#src/database.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { addressOf } from '#src/http/list-filter.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { signedPdf } from '#src/list-office.ts';
import { roleName } from '#src/navigation.ts';

type Act = Form<Record<string, never>>;

export async function accountList(req: Request, res: Response, form: Form<AccountsQuery>) {
  const query = form.input;
  const found =
    query &&
    (await asActor(actorOf(req), (tx) =>
      listAccounts(tx, query, { skip: (query.halaman - 1) * pageSize, take: pageSize }),
    ));
  const { accounts, count } = found ?? { accounts: [], count: 0 };
  res.status(query ? 200 : 422).renderPage('accounts/list', {
    form,
    accounts,
    count,
    pageNumber: query?.halaman ?? 1,
    pageCount: Math.ceil(count / pageSize),
    pageSize,
    href: (number: number) => hrefOf('/pengguna', form.values, number),
    workbookHref: hrefOf('/pengguna.xlsx', form.values, 1),
    pdf: signedPdf(currentAccount(req), '/pengguna.pdf', form.values),
    roleOptions: roles.map((role) => ({
      value: roleSlug(role),
      label: roleName(role),
    })),
    statusOptions: accountStatuses.map((value) => ({
      value,
      label: statusBadge(value).label,
    })),
    statusBadge,
  });
}

export async function accountPage(req: Request, res: Response) {
  const found = await asActor(actorOf(req), async (tx) => {
    const account = await getAccount(tx, idFrom(req));
    const sessionCount = await countSessions(tx, account.id);
    const events = await listAccountEvents(tx, account.id);
    return { account, sessionCount, events };
  });
  const isOwn = found.account.id === currentAccount(req).id;
  const shown = { ...found, isOwn, form: blankForm(), statusBadge, eventTitle };
  res.renderPage('accounts/detail', shown);
}

export async function confirmSuspension(req: Request, res: Response) {
  const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
  if (account.suspendedAt) throw changedMeanwhile();
  res.renderPage('accounts/confirm-suspension', { account, form: blankForm() });
}

export async function suspend(req: Request, res: Response, form: Act) {
  try {
    const location = await once(req, form, async (tx) => {
      const account = await getRemovable(tx, idFrom(req), currentAccount(req).id);
      const suspended = await updateAccount(tx, account, { suspendedAt: new Date() });
      if (account.suspendedAt || !suspended) throw changedMeanwhile();
      await withdrawLinks(tx, account.id);
      await endSessions(tx, account.id);
      return `/pengguna/${account.id}`;
    });
    leaveNotice(req, 'Akun ini ditangguhkan dan semua sesinya diakhiri.');
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof RemovalRefused)) throw error;
    const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
    const refused = withError(form, '', error.message);
    res.status(422).renderPage('accounts/confirm-suspension', { account, form: refused });
  }
}

export async function confirmRestoration(req: Request, res: Response) {
  const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
  if (!account.suspendedAt) throw changedMeanwhile();
  res.renderPage('accounts/confirm-restoration', { account, form: blankForm() });
}

export async function restore(req: Request, res: Response, form: Act) {
  const location = await once(req, form, async (tx) => {
    const account = await getAccount(tx, idFrom(req));
    const restored = await updateAccount(tx, account, { suspendedAt: null });
    if (!account.suspendedAt || !restored) throw changedMeanwhile();
    return `/pengguna/${account.id}`;
  });
  leaveNotice(req, 'Akun ini dapat dipakai lagi.');
  res.redirect(303, location);
}

export async function endAccountSessions(req: Request, res: Response, form: Act) {
  const location = await once(req, form, async (tx) => {
    const account = await getAccount(tx, idFrom(req));
    const own = account.id === currentAccount(req).id ? req.sessionID : null;
    await endSessions(tx, account.id, own);
    return `/pengguna/${account.id}`;
  });
  leaveNotice(req, 'Semua sesi akun ini diakhiri.');
  res.redirect(303, location);
}

/** The same list on another page. */
const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, ['cari', 'peran', 'status', 'halaman']);
