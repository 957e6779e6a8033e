import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import { forbidden } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import type { InstitutionInput, newInstitutionQuery } from '#src/institutions/form.ts';
import {
  findType,
  insertInstitution,
  listTypes,
  type InstitutionType,
} from '#src/institutions/repository.ts';
import { nameOf } from '#src/institutions/rules.ts';
import { parentOf, refusedByDatabase } from '#src/institutions/saving.ts';

export async function newInstitution(
  req: Request,
  res: Response,
  query: Form<z.output<typeof newInstitutionQuery>>,
) {
  const asked = query.values.jenis;
  if (asked === undefined) return renderTypes(req, res, query);

  const type = await asActor(actorOf(req), (tx) => findType(tx, asked));
  if (type) return renderNew(req, res, { form: blankForm(), type });
  await renderTypes(req, res.status(422), withError(query, 'jenis', 'Pilih jenis dari daftar'));
}

async function renderTypes(req: Request, res: Response, form: Form<unknown>) {
  const types = await asActor(actorOf(req), listTypes);
  res.renderPage('institutions/choose-type', {
    form,
    options: types.map(({ code, name, shortName }) => ({
      value: code,
      label: name === shortName ? name : `${name} (${shortName})`,
    })),
  });
}

export async function createInstitution(req: Request, res: Response, form: Form<InstitutionInput>) {
  const type = await asActor(actorOf(req), (tx) => findType(tx, form.values.typeCode ?? ''));
  if (!type)
    return renderTypes(
      req,
      res.status(422),
      withError({ ...form, errors: {} }, 'jenis', 'Pilih jenis lembaga'),
    );
  const { input } = form;
  const named = input && nameOf(type, input);
  if (!input || !named) return renderNew(req, res.status(422), { form, type });
  if ('problem' in named)
    return renderNew(req, res.status(422), {
      form: withError(form, named.field, named.problem),
      type,
    });

  const kelurahanId = ownKelurahan(req);
  try {
    const location = await once(req, form, async (tx) => {
      const parentId = await parentOf(tx, type, { kelurahanId, rwNumber: named.rwNumber });
      const { typeCode: _typeCode, ...profile } = input;
      const institution = await insertInstitution(tx, type, {
        ...profile,
        ...named,
        kelurahanId,
        parentId,
      });
      return `/lembaga/${institution.id}`;
    });
    leaveNotice(req, `${named.name} terdaftar. Susunan pengurusnya dapat diusulkan sekarang.`);
    res.redirect(303, location);
  } catch (error) {
    const refused = refusedByDatabase(error, form, type, named.rwNumber);
    if (!refused) throw error;
    renderNew(req, res.status(422), { form: refused, type });
  }
}

function ownKelurahan(req: Request): number {
  const { kelurahanId } = currentAccount(req);
  if (kelurahanId === null) throw forbidden();
  return kelurahanId;
}

function renderNew(
  req: Request,
  res: Response,
  { form, type }: { form: Form<unknown>; type: InstitutionType },
) {
  res.renderPage('institutions/new', { form, type, scopeName: currentAccount(req).scopeName });
}
