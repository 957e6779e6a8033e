import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, idFrom } from '#src/http/request.ts';
import type { InstitutionEdit } from '#src/institutions/form.ts';
import { getEditable } from '#src/institutions/repository.ts';

/** Somebody saved first: both values side by side, and a form that saves one's own over the newer version. */
export async function renderConflict(
  req: Request,
  res: Response,
  { form, input }: { form: Form<InstitutionEdit>; input: InstitutionEdit },
) {
  const stored = await asActor(actorOf(req), (tx) => getEditable(tx, idFrom(req)));
  const { territory } = stored.institutionType;
  const names =
    territory === 'kelurahan'
      ? [row('Nama', stored.name, input.name)]
      : [
          ...(territory === 'rt'
            ? [row('Nomor RT', number(stored.rtNumber), number(input.rtNumber))]
            : []),
          row('Nomor RW', number(stored.rwNumber), number(input.rwNumber)),
        ];
  res.status(409).renderPage('institutions/conflict', {
    form: { ...blankForm(), values: {} },
    institution: stored,
    hidden: Object.entries({ ...form.values, version: String(stored.version) }).map(
      ([name, value]) => ({ name, value }),
    ),
    rows: [
      ...names,
      row('Alamat sekretariat', stored.address, input.address),
      row('Nomor HP', phone(stored.phone), phone(input.phone)),
      row('Surel', stored.email, input.email),
      row('Tanggal dibentuk', date(stored.foundedOn), date(input.foundedOn)),
      row('Dasar pembentukan', stored.foundingDecree, input.foundingDecree),
      row('Nomor registrasi', stored.registrationNumber, input.registrationNumber),
      row('Ruang lingkup', stored.scope, input.scope),
    ],
  });
}

const row = (label: string, before: string | null, after: string | null) => ({
  label,
  before,
  after,
  unchanged: before === after,
});
const phone = (value: string | null) => value && format.phone(value);
const date = (value: string | null) => value && format.date(value);
const number = (value: number | null) => (value === null ? null : String(value).padStart(3, '0'));
