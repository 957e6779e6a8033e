import {
  changeRole,
  createAccount,
  newAccountPage,
  rolePage,
} from '#src/accounts/assignment-pages.ts';
import {
  accountsPdfQuery,
  accountsQuery,
  assignmentQuery,
  newAccountForm,
  roleForm,
} from '#src/accounts/form.ts';
import { accountFiles } from '#src/accounts/list-file.ts';
import { confirmLink, makeLink } from '#src/accounts/link-pages.ts';
import {
  accountList,
  accountPage,
  confirmRestoration,
  confirmSuspension,
  endAccountSessions,
  restore,
  suspend,
} from '#src/accounts/pages.ts';
import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';

export const accountRoutes = [
  get('/pengguna', 'account:manage', accountsQuery, accountList),
  get('/pengguna.xlsx', 'account:manage', accountsQuery, accountFiles.workbook),
  get('/pengguna.pdf', 'account:manage', accountsPdfQuery, accountFiles.pdf),
  post('/pengguna', 'account:manage', newAccountForm, createAccount),
  get('/pengguna/baru', 'account:manage', assignmentQuery, newAccountPage),
  get('/pengguna/:id', 'account:manage', accountPage),
  get('/pengguna/:id/tautan', 'account:manage', confirmLink),
  post('/pengguna/:id/tautan', 'account:manage', emptyInput, makeLink),
  get('/pengguna/:id/penangguhan', 'account:manage', confirmSuspension),
  post('/pengguna/:id/penangguhan', 'account:manage', emptyInput, suspend),
  get('/pengguna/:id/pemulihan', 'account:manage', confirmRestoration),
  post('/pengguna/:id/pemulihan', 'account:manage', emptyInput, restore),
  get('/pengguna/:id/peran', 'account:manage', assignmentQuery, rolePage),
  post('/pengguna/:id/peran', 'account:manage', roleForm, changeRole),
  post('/pengguna/:id/sesi/pengakhiran', 'account:manage', emptyInput, endAccountSessions),
];
