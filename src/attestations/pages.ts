import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import type { AttestationInput, MendInput } from '#src/attestations/form.ts';
import {
  attestedOpenSections,
  attestedSections,
  currentSections,
  getKelurahanId,
  hasOwnAccount,
  insertAttestation,
  readHashes,
} from '#src/attestations/repository.ts';
import { mendHref, sectionLabels, sections } from '#src/attestations/rules.ts';
import { forgetTicks, keepTicks, ticksOf } from '#src/attestations/ticks.ts';
import { attestedView, formView, rightsOf } from '#src/attestations/view.ts';
import { cycleOn } from '#src/completeness/repository.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { seesPrivateFacts } from '#src/people/rules.ts';
import { institutionHeader } from '#src/institutions/statements.ts';

export async function attestationPage(req: Request, res: Response) {
  await render(req, res, blankForm(ticksOf(req, idFrom(req))));
}

/** Leaves for what mends a section; whatever is ticked by then is ticked again on return. */
export async function mendFirst(req: Request, res: Response, form: Form<MendInput>) {
  const { input } = form;
  if (!input) return render(req, res.status(422), form);

  const id = idFrom(req);
  const hashes = await asActor(actorOf(req), (tx) => readHashes(tx, id));
  const href = mendHref(input.mend, id, rightsOf(currentAccount(req)));
  if (hashes.size < sections.length || href === null) throw notFound();
  const { mend: _mend, statement: _statement, cycleId: _cycle, ...ticks } = form.values;
  keepTicks(req, id, ticks);
  res.redirect(303, href);
}

/** Writes nothing unless all five sections are ticked and still stand as they were shown. */
export async function attest(req: Request, res: Response, form: Form<AttestationInput>) {
  const { input } = form;
  if (!input) return render(req, res.status(422), form);

  const id = idFrom(req);
  try {
    const location = await once(req, form, async (tx) => {
      const hashes = await readHashes(tx, id);
      if (hashes.size < sections.length) throw notFound();
      const stale = sections.find((section) => hashes.get(section) !== input[section]);
      if (stale) throw new ChangedMeanwhile(stale);
      await insertAttestation(tx, {
        institutionId: id,
        kelurahanId: await getKelurahanId(tx, id),
        cycleId: input.cycleId,
        activities: input.activity,
        attestedByName: currentAccount(req).displayName,
      });
      return `/lembaga/${id}/pernyataan`;
    });
    forgetTicks(req);
    leaveNotice(req, 'Pernyataan tersimpan. Terima kasih sudah memeriksa data lembaga.');
    res.redirect(303, location);
  } catch (error) {
    const refused = refusedBy(error, form);
    if (!refused) throw error;
    await render(req, res.status(409), refused);
  }
}

class ChangedMeanwhile extends Error {
  readonly section: (typeof sections)[number];
  constructor(section: (typeof sections)[number]) {
    super('changed meanwhile');
    this.section = section;
  }
}

function refusedBy(error: unknown, form: Form<AttestationInput>) {
  if (error instanceof ChangedMeanwhile) {
    const sentence = `${sectionLabels[error.section]} baru saja diubah. Periksa lagi yang tampil sekarang, lalu tandai Benar`;
    return withError(form, error.section, sentence);
  }
  if (violates(error, 'attestations_one_per_cycle'))
    return withError(form, 'statement', 'Data lembaga ini sudah dinyatakan pada masa ini');
  if (violates(error, 'attestations_by_own_chair'))
    return withError(
      form,
      'statement',
      'Pengurus lembaga ini mempunyai akun dan menyatakan sendiri',
    );
  return null;
}

async function render(req: Request, res: Response, form: Form<unknown>) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const today = format.today();
  const [[header], [cycle], current, attested] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    cycleOn(today),
    currentSections(id),
    (seesPrivateFacts(account.role) ? attestedSections : attestedOpenSections)(id, today),
  );
  if (!header) throw notFound();
  const shared = { header, account, today, cycle: cycle ?? null };
  if (!cycle) return res.renderPage('attestations/none', shared);

  const mayAttest = can(account, 'institution:attest') && attested.length === 0;
  const isOwnTask =
    mayAttest &&
    (account.role === 'officer' || !(await asActor(actorOf(req), (tx) => hasOwnAccount(tx, id))));
  res.renderPage(
    attested.length > 0 || !isOwnTask ? 'attestations/attested' : 'attestations/statement',
    attested.length > 0 || !isOwnTask
      ? attestedView({ ...shared, cycle, current, attested, form })
      : formView({ ...shared, cycle, current, form }),
  );
}
