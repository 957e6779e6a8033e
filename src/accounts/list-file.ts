import type { Request, Response } from 'express';
import type { AccountsQuery } from '#src/accounts/form.ts';
import { listAccounts, type ListedAccount } from '#src/accounts/listing.ts';
import { accountList } from '#src/accounts/pages.ts';
import { roleOfSlug, statusBadge } from '#src/accounts/rules.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { roleName } from '#src/navigation.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';

export const accountFiles = listFiles(readAccounts);

/** The accounts of the filter, with nothing that opens one; null once a refused filter was answered. */
async function readAccounts(req: Request, res: Response, form: Form<AccountsQuery>) {
  const query = form.input;
  if (!query) {
    await accountList(req, res, form);
    return null;
  }
  const { accounts, count } = await asActor(actorOf(req), (tx) =>
    listAccounts(tx, query, { skip: 0, take: exportedAtMost }),
  );
  return {
    name: 'Pengguna',
    title: 'Daftar pengguna Portal LKK',
    audited: 'accounts',
    asOf: format.today(),
    filter: inWords(query),
    count: countInWords(count, 'pengguna'),
    columns,
    rows: accounts,
  };
}

function inWords({ cari, peran, status }: AccountsQuery): string {
  const role = peran === null ? null : roleOfSlug(peran);
  return [
    role === null ? 'Semua peran' : roleName(role),
    status === null ? 'Semua status' : statusBadge(status).label,
    ...(cari ? [`“${cari}”`] : []),
  ].join(', ');
}

const columns: ListColumn<ListedAccount>[] = [
  { label: 'Nama', width: 34, paper: 28, of: ({ displayName }) => displayName },
  { label: 'Nama pengguna', width: 26, paper: 20, of: ({ username }) => username },
  { label: 'Peran', width: 22, paper: 16, of: (account) => account.roleName },
  { label: 'Wilayah atau lembaga', width: 36, paper: 22, of: ({ scopeName }) => scopeName },
  { label: 'Status', width: 22, paper: 14, of: ({ status }) => statusBadge(status).label },
];
