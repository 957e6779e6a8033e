import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import type { EndInput } from '#src/duties/form.ts';
import { mayEdit, placeHref } from '#src/duties/places.ts';
import { DutyChanged, endVersions, getDuty, type Duty } from '#src/duties/repository.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';

export async function endDutyPage(req: Request, res: Response) {
  const duty = await getEditable(req);
  res.renderPage('duties/end', viewOf(duty, blankForm({ endsOn: format.today() })));
}

/** Nothing is deleted: the text stays where it was confirmed, and an edit puts it in force again. */
export async function endDuty(req: Request, res: Response, form: Form<EndInput>) {
  const duty = await getEditable(req);
  const { input } = form;
  if (!input) return res.status(422).renderPage('duties/end', viewOf(duty, form));
  try {
    const location = await once(req, form, async (tx) => {
      await endVersions(tx, duty, input.endsOn);
      return placeHref(duty.place);
    });
    leaveNotice(req, `Butir tugas tidak berlaku lagi mulai ${format.date(input.endsOn)}.`);
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof DutyChanged)) throw error;
    const newest = await getEditable(req);
    const sentence = 'Butir ini baru saja diubah orang lain. Periksa naskahnya, lalu kirim lagi';
    res.status(409).renderPage('duties/end', viewOf(newest, withError(form, '', sentence)));
  }
}

async function getEditable(req: Request): Promise<Duty> {
  const duty = await asActor(actorOf(req), (tx) => getDuty(tx, idFrom(req)));
  if (!mayEdit(currentAccount(req), duty.place)) throw notFound();
  return duty;
}

const viewOf = ({ place, head }: Duty, form: Form<unknown>) => ({
  head,
  form,
  back: { href: placeHref(place), label: place.institution?.name ?? place.typeName },
});
