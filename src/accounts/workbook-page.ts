import type { Request, Response } from 'express';
import type { AccountsQuery } from '#src/accounts/form.ts';
import { accountList } from '#src/accounts/pages.ts';
import { listAccounts } from '#src/accounts/repository.ts';
import { roleOfSlug, statusBadge } from '#src/accounts/rules.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { roleLabel, roleName } from '#src/navigation.ts';
import {
  buildWorkbook,
  countInWords,
  exportedAtMost,
  sendWorkbook,
  type Sheet,
} from '#src/spreadsheets.ts';

/** The list of accounts with its filter as a file; it holds nothing that opens one. */
export async function accountWorkbook(req: Request, res: Response, form: Form<AccountsQuery>) {
  const query = form.input;
  if (!query) return accountList(req, res, form);

  const filter = inWords(query);
  const { accounts, count } = await asActor(actorOf(req), async (tx) => {
    const listed = await listAccounts(tx, query, { skip: 0, take: exportedAtMost });
    const details = { filter, rows: listed.accounts.length };
    await tx.$executeRaw`SELECT audit.record('export', 'accounts', NULL, NULL, ${details}::jsonb)`;
    return listed;
  });
  const account = currentAccount(req);
  const today = format.today();
  const about = {
    filter,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
    count: countInWords(count, 'pengguna'),
  };
  sendWorkbook(res, `pengguna-${today}`, await buildWorkbook(sheetOf(accounts, { today, about })));
}

function inWords({ cari, peran, status }: AccountsQuery): string {
  const role = peran === null ? null : roleOfSlug(peran);
  return format.choices([
    role === null ? 'Semua peran' : roleName(role),
    status === null ? 'Semua status' : statusBadge(status).label,
    ...(cari ? [`“${cari}”`] : []),
  ]);
}

type Listed = Awaited<ReturnType<typeof listAccounts>>['accounts'];

const sheetOf = (
  accounts: Listed,
  { today, about }: { today: string; about: Sheet['about'] },
): Sheet => ({
  name: 'Pengguna',
  title: 'Daftar pengguna Portal LKK',
  asOf: today,
  about,
  columns: [
    { label: 'Nama', width: 34 },
    { label: 'Nama pengguna', width: 26 },
    { label: 'Peran', width: 22 },
    { label: 'Wilayah atau lembaga', width: 36 },
    { label: 'Status', width: 22 },
  ],
  rows: accounts.map((account) => [
    account.displayName,
    account.username,
    account.roleName,
    account.scopeName,
    statusBadge(account.status).label,
  ]),
});
