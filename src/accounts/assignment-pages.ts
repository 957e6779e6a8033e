import type { Request, Response } from 'express';
import { roles, type Role } from '#src/access.ts';
import type { AssignmentQuery, NewAccountInput, RoleInput } from '#src/accounts/form.ts';
import { answerLink, type MadeLink } from '#src/accounts/link-pages.ts';
import { endSessions, insertLink } from '#src/accounts/entry.ts';
import {
  getAccount,
  getRemovable,
  insertAccount,
  updateAccount,
  type DetailedAccount,
} from '#src/accounts/repository.ts';
import {
  changedMeanwhile,
  RemovalRefused,
  roleHint,
  roleOfSlug,
  roleSlug,
  ScopeMissing,
  usernameFrom,
} from '#src/accounts/rules.ts';
import {
  findSittingOfficer,
  getInstitution,
  listKecamatan,
  listKelurahan,
  listSittingOfficers,
  resolveScope,
  searchInstitutions,
} from '#src/accounts/scopes.ts';
import { asActor } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { roleName } from '#src/navigation.ts';

/** A new account, or another role for the account that is given; both take the same steps. */
type Assignment = { account: DetailedAccount | null };

export async function newAccountPage(req: Request, res: Response, form: Form<AssignmentQuery>) {
  await showStep(req, res, { account: null }, form);
}

export async function rolePage(req: Request, res: Response, form: Form<AssignmentQuery>) {
  const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
  await showStep(req, res, { account }, form);
}

export async function createAccount(req: Request, res: Response, form: Form<NewAccountInput>) {
  const assignment: Assignment = { account: null };
  const input = form.input;
  if (!input) return showForm(req, res.status(422), assignment, form);

  let made: MadeLink | undefined;
  try {
    const location = await once(req, form, async (tx) => {
      const { username, displayName, role } = input;
      const scope = await resolveScope(tx, input);
      const id = await insertAccount(tx, { username, displayName, role, ...scope });
      made = { account: await getAccount(tx, id), token: await insertLink(tx, id) };
      return `/pengguna/${id}`;
    });
    answerLink(req, res, { made, location });
  } catch (error) {
    await showForm(req, res.status(422), assignment, refusedForm(form, error));
  }
}

export async function changeRole(req: Request, res: Response, form: Form<RoleInput>) {
  const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
  const input = form.input;
  if (!input) return showForm(req, res.status(422), { account }, form);

  try {
    const location = await once(req, form, async (tx) => {
      const current = await getRemovable(tx, account.id, currentAccount(req).id);
      const scope = await resolveScope(tx, input);
      const given = { id: current.id, version: input.version };
      if (!(await updateAccount(tx, given, { role: input.role, ...scope })))
        throw changedMeanwhile();
      await endSessions(tx, account.id);
      return `/pengguna/${account.id}`;
    });
    leaveNotice(req, 'Peran akun ini diubah dan semua sesinya diakhiri.');
    res.redirect(303, location);
  } catch (error) {
    await showForm(req, res.status(422), { account }, refusedForm(form, error));
  }
}

/** The form with the sentence for what could not be done; an error that no field can mend goes on. */
function refusedForm<Input>(form: Form<Input>, error: unknown): Form<Input> {
  if (error instanceof ScopeMissing) return withError(form, error.field, error.message);
  if (error instanceof RemovalRefused) return withError(form, '', error.message);
  if (violates(error, 'accounts_username_key'))
    return withError(form, 'username', 'Nama pengguna ini sudah dipakai. Pilih nama lain.');
  throw error;
}

/** The first thing that is not known yet: the role, the officer's institution, the officer, then the rest. */
async function showStep(
  req: Request,
  res: Response,
  assignment: Assignment,
  form: Form<AssignmentQuery>,
) {
  const query = form.input;
  const role = roleOfSlug(query?.peran ?? null);
  if (!query || !role) return showRoles(query ? res : res.status(422), assignment, form);
  if (role !== 'officer' || query.jabatan) {
    const tenureId = role === 'officer' ? query.jabatan : null;
    return showForm(req, res, assignment, await startForm(req, { ...assignment, role, tenureId }));
  }
  if (query.lembaga) return showOfficers(req, res, assignment, query.lembaga);
  return showInstitutions(req, res, assignment, form);
}

function showRoles(res: Response, { account }: Assignment, form: Form<unknown>) {
  const current = account ? roleSlug(account.role) : '';
  res.renderPage('accounts/choose-role', {
    account,
    form: { ...form, values: { peran: form.values.peran ?? current } },
    options: roles.map((role) => ({
      value: roleSlug(role),
      label: roleName(role),
      hint: roleHint(role),
    })),
  });
}

async function showInstitutions(
  req: Request,
  res: Response,
  { account }: Assignment,
  form: Form<AssignmentQuery>,
) {
  const text = form.input?.cari ?? '';
  const found = await asActor(actorOf(req), async (tx) =>
    text ? searchInstitutions(tx, text) : [],
  );
  res.renderPage('accounts/choose-institution', { account, text, institutions: found });
}

async function showOfficers(req: Request, res: Response, { account }: Assignment, id: number) {
  const found = await asActor(actorOf(req), async (tx) => {
    const institution = await getInstitution(tx, id);
    return { institution, officers: await listSittingOfficers(tx, id) };
  });
  res.renderPage('accounts/choose-officer', { account, ...found });
}

async function startForm(
  req: Request,
  { account, role, tenureId }: Assignment & { role: Role; tenureId: number | null },
): Promise<Form<never>> {
  if (account) {
    const { kecamatanId, kelurahanId, version } = account;
    return blankForm({ role, tenureId, kecamatanId, kelurahanId, version });
  }
  if (!tenureId) return blankForm({ role });
  const officer = await asActor(actorOf(req), (tx) => findSittingOfficer(tx, tenureId));
  const name = officer?.bareName ?? '';
  return blankForm({ role, tenureId, displayName: name, username: usernameFrom(name) });
}

async function showForm(req: Request, res: Response, { account }: Assignment, form: Form<unknown>) {
  const role = roles.find((role) => role === form.values.role);
  if (!role) return showRoles(res.status(422), { account }, form);
  const tenureId = Number(form.values.tenureId);
  const choices = await asActor(actorOf(req), async (tx) => ({
    kecamatan: role === 'kecamatan' ? await listKecamatan(tx) : [],
    kelurahan: role === 'lurah' || role === 'staff' ? await listKelurahan(tx) : [],
    officer: role === 'officer' && isId(tenureId) ? await findSittingOfficer(tx, tenureId) : null,
  }));
  res.renderPage('accounts/assign', { account, form, role, ...choices, roleName });
}

const isId = (id: number) => Number.isInteger(id) && id > 0 && id < 2 ** 31;
