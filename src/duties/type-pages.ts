import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, readAs } from '#src/database.ts';
import type { OrderInput } from '#src/duties/form.ts';
import { dutySections } from '#src/duties/frame.ts';
import { getDuty, getTypePlace, listTypes, saveOrder } from '#src/duties/repository.ts';
import {
  lineagesOf,
  neverHeld,
  rangeInWords,
  sectionKey,
  sectionTitle,
} from '#src/duties/rules.ts';
import { mayEdit, placeHref } from '#src/duties/places.ts';
import { versionsOfLineage, versionsOfType } from '#src/duties/versions.ts';
import * as format from '#src/format.ts';
import { badRequest, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';

export async function dutyTypes(req: Request, res: Response) {
  const types = await asActor(actorOf(req), (tx) => listTypes(tx, format.today()));
  res.renderPage('duties/types', { sections: dutySections('Uraian tugas'), types });
}

/** The duties of a type by section, each with what comes later and how often it was changed. */
export async function typeDuties(req: Request, res: Response) {
  const id = idFrom(req);
  const place = await asActor(actorOf(req), (tx) => getTypePlace(tx, id));
  const [versions] = await readAs(actorOf(req), versionsOfType(id));
  const { living, retired } = lineagesOf(versions, format.today());
  const sections = [
    { key: 'task', title: 'Tugas lembaga' },
    { key: 'function', title: 'Fungsi lembaga' },
    ...place.positions.map((position) => ({ key: String(position.id), title: position.name })),
  ];
  res.renderPage('duties/type', {
    type: { id, name: place.typeName },
    manages: can(currentAccount(req), 'duty:manage'),
    today: format.today(),
    sections: sections.map((section) => ({
      ...section,
      items: living.filter(({ shown }) => sectionKey(shown) === section.key),
    })),
    retired: retired.map((lineage) => ({ ...lineage, section: sectionTitle(lineage.shown) })),
    form: blankForm(),
  });
}

/** Every version of one duty, the newest first. */
export async function dutyHistory(req: Request, res: Response) {
  const id = idFrom(req);
  const duty = await asActor(actorOf(req), (tx) => getDuty(tx, id));
  const [versions] = await readAs(actorOf(req), versionsOfLineage(id));
  const [newest] = versions;
  if (!newest) throw notFound();
  res.renderPage('duties/history', {
    back: {
      href: placeHref(duty.place),
      label: duty.place.institution?.name ?? duty.place.typeName,
    },
    section: sectionTitle(newest),
    editHref: mayEdit(currentAccount(req), duty.place) ? `/tugas/butir/${duty.head.id}/ubah` : null,
    items: versions.map((version) => ({
      title: version.text,
      when: neverHeld(version)
        ? `Diganti sebelum sempat berlaku (${format.date(version.validFrom)})`
        : `Berlaku ${rangeInWords(version)}`,
      note: `Dasar: ${version.legalBasis}`,
    })),
  });
}

/** One place up or down in its section. */
export async function moveDuty(req: Request, res: Response, form: Form<OrderInput>) {
  const { input } = form;
  if (!input) throw badRequest('direction');
  const id = idFrom(req);
  const duty = await asActor(actorOf(req), (tx) => getDuty(tx, id));
  if (duty.place.institution) throw notFound();
  const [versions] = await readAs(actorOf(req), versionsOfType(duty.institutionTypeId));
  const order = lineagesOf(versions, format.today())
    .living.filter(({ shown }) => sectionKey(shown) === sectionKey(duty))
    .map(({ shown }) => shown.lineageId);
  const at = order.indexOf(duty.lineageId);
  const to = input.direction === 'up' ? at - 1 : at + 1;
  const location = await once(req, form, async (tx) => {
    if (at >= 0 && to >= 0 && to < order.length)
      await saveOrder(tx, order.with(at, order[to] ?? 0).with(to, duty.lineageId));
    return `/tugas/${duty.institutionTypeId}#butir-${duty.lineageId}`;
  });
  res.redirect(303, location);
}
