import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { ownerOfSlug, statusOfSlug } from '#src/follow-ups/choices.ts';
import type { FollowUpQuery } from '#src/follow-ups/form.ts';
import type { Choices } from '#src/follow-ups/filter.ts';
import { renderList } from '#src/follow-ups/list-view.ts';
import { ownerKindOf } from '#src/follow-ups/rules.ts';
import { followUpChoices, listedFollowUps } from '#src/follow-ups/statements.ts';

const pageSize = 25;

export async function followUpList(req: Request, res: Response, form: Form<FollowUpQuery>) {
  const found = await readFollowUps(req, form, pageSize);
  renderList(req, res, { ...found, pageSize });
}

/** The rows of the filter; none, and what is wrong, where it asks for something that is not offered. */
export async function readFollowUps(req: Request, form: Form<FollowUpQuery>, limit: number) {
  const { input } = form;
  if (!input) {
    const [offered] = await readAs(actorOf(req), followUpChoices());
    return { form, choices: choicesFrom(offered), rows: [] };
  }
  const [rows, offered] = await readAs(actorOf(req), listed(req, input, limit), followUpChoices());
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices);
  return { form: known, choices, rows: known.input ? rows : [] };
}

function listed(req: Request, query: FollowUpQuery, limit: number) {
  const account = currentAccount(req);
  return listedFollowUps(
    query.daftar ?? 'semua',
    ownerKindOf(account),
    account.id,
    account.institutionId,
    format.today(),
    query.status && statusOfSlug[query.status],
    query.pemilik && ownerOfSlug[query.pemilik],
    query.pilar,
    query.pelatihan,
    query.kelurahan,
    query.urut ?? '',
    limit,
    (query.halaman - 1) * limit,
  );
}

function choicesFrom(offered: { kind: keyof Choices; value: string; label: string }[]): Choices {
  const choices: Choices = { pelatihan: [], kelurahan: [] };
  for (const { kind, ...option } of offered) choices[kind].push(option);
  return choices;
}

/** A training or kelurahan that is not offered: outside the scope, or nothing was promised there. */
function refuseUnknown(form: Form<FollowUpQuery>, choices: Choices): Form<FollowUpQuery> {
  for (const name of ['pelatihan', 'kelurahan'] as const) {
    const value = form.values[name];
    if (value && !choices[name].some((option) => option.value === value))
      return withError(form, name, `Pilih ${name} dari daftar`);
  }
  return form;
}
