import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { offeredInstitutions } from '#src/dialogue/askers.ts';
import { getNote } from '#src/dialogue/repository.ts';
import { idsOf, recordable } from '#src/dialogue/scene.ts';
import * as format from '#src/format.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import type { FollowUpInput } from '#src/follow-ups/form.ts';
import { entrustable, entrustedOption, ownerOf, type Owner } from '#src/follow-ups/owners.ts';
import { insertFollowUp } from '#src/follow-ups/repository.ts';
import { ownerKindLabels } from '#src/follow-ups/rules.ts';

export async function newFollowUpPage(req: Request, res: Response) {
  const scene = await asActor(actorOf(req), (tx) => sceneOf(tx, req, {}));
  renderNew(res, { ...scene, form: blankForm() });
}

export async function createFollowUp(req: Request, res: Response, form: Form<FollowUpInput>) {
  const scene = await asActor(actorOf(req), (tx) => sceneOf(tx, req, form.values));
  if (form.values.find)
    return renderNew(res, { ...scene, form: { ...form, errors: {}, input: undefined } });
  const checked = await withOwner(req, form, scene);
  const { input, owner } = checked;
  if (!input || !owner) return renderNew(res.status(422), { ...scene, form: checked });
  const location = await once(req, form, async (tx) => {
    await recordable(tx, req);
    const { note } = scene;
    await insertFollowUp(tx, currentAccount(req), { note, owner, input });
    leaveNotice(req, `Tindak lanjut tersimpan, tenggat ${format.date(input.dueOn)}.`);
    return `/pelatihan/${note.trainingId}/dialog#catatan-${note.id}`;
  });
  res.redirect(303, location);
}

async function sceneOf(tx: Transaction, req: Request, values: Record<string, string>) {
  const { training, sessions } = await recordable(tx, req);
  const note = await getNote(tx, idsOf(req));
  const kelurahanId = note.kelurahanId ?? training.kelurahanIds[0] ?? 0;
  const place = await tx.kelurahan.findUniqueOrThrow({
    where: { id: kelurahanId },
    select: { name: true, kecamatan: { select: { name: true } } },
  });
  return {
    training,
    heldOn: sessions[0] ? format.dayOf(sessions[0].startsAt) : format.today(),
    note: { ...note, kelurahanId },
    place,
    institutions: await offeredInstitutions(tx, training, values),
    accounts: (await entrustable(tx, kelurahanId)).map(entrustedOption),
  };
}
type Scene = Awaited<ReturnType<typeof sceneOf>>;

async function withOwner(
  req: Request,
  form: Form<FollowUpInput>,
  { training, note, heldOn }: Scene,
): Promise<Form<FollowUpInput> & { owner: Owner | null }> {
  const { input } = form;
  if (!input) return { ...form, owner: null };
  if (input.dueOn < heldOn) {
    const message = `Tenggat tidak boleh sebelum pelatihan, ${format.date(heldOn)}`;
    return { ...withError(form, 'dueOn', message), owner: null };
  }
  const found = await asActor(actorOf(req), (tx) =>
    ownerOf(tx, training, { kelurahanId: note.kelurahanId, input }),
  );
  return 'field' in found
    ? { ...withError(form, found.field, found.message), owner: null }
    : { ...form, owner: found };
}

function renderNew(res: Response, { place, ...model }: Scene & { form: Form<unknown> }) {
  const named = {
    ...ownerKindLabels,
    kelurahan: `Kelurahan ${place.name}`,
    kecamatan: `Kecamatan ${place.kecamatan.name}`,
  };
  res.renderPage('follow-ups/new', {
    ...model,
    ownerKinds: Object.entries(named).map(([value, label]) => ({ value, label })),
  });
}
