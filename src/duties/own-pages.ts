import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import type { ConfirmInput } from '#src/duties/form.ts';
import { insertConfirmation } from '#src/duties/confirmations.ts';
import { changeBadges, changesSince, sectionsOf, officerLine } from '#src/duties/rules.ts';
import { ownStandings } from '#src/duties/standing.ts';
import { versionsById } from '#src/duties/versions.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';

/** An officer reads the duties of each office held, sees what is new since the last time, and confirms. */
export async function ownDuties(req: Request, res: Response) {
  await renderOwn(req, res, blankForm());
}

export async function confirmDuties(req: Request, res: Response, form: Form<ConfirmInput>) {
  const { input } = form;
  if (!input) return renderOwn(req, res.status(422), form);
  const { tenureId, dutyIds } = input;
  const own = await readAs(actorOf(req), ownStandings(currentAccount(req), format.today()));
  if (!own[0].some((office) => office.tenureId === tenureId)) throw notFound();
  try {
    const location = await once(req, form, async (tx) => {
      const account = currentAccount(req);
      const today = format.today();
      await insertConfirmation(tx, {
        tenureId,
        dutyIds,
        means: 'account',
        confirmedOn: today,
        account,
      });
      return '/tugas-saya';
    });
    leaveNotice(req, 'Terima kasih. Konfirmasi Anda tersimpan.');
    res.redirect(303, location);
  } catch (error) {
    if (!violates(error, 'duty_confirmations_in_force')) throw error;
    const sentence = 'Uraian tugas baru saja berubah. Baca lagi naskah di bawah, lalu konfirmasi';
    await renderOwn(req, res.status(409), withError(form, 'understood', sentence));
  }
}

async function renderOwn(req: Request, res: Response, form: Form<unknown>) {
  const today = format.today();
  const [offices] = await readAs(actorOf(req), ownStandings(currentAccount(req), today));
  const ids = offices.flatMap(({ dutyIds, confirmedIds }) => [...dutyIds, ...(confirmedIds ?? [])]);
  const [versions] = await readAs(actorOf(req), versionsById([...new Set(ids)]));
  res.renderPage('duties/own', {
    form,
    institutionId: currentAccount(req).institutionId,
    offices: offices.map((office) => {
      const current = versions.filter(({ id }) => office.dutyIds.includes(id));
      const confirmed = versions.filter(({ id }) => office.confirmedIds?.includes(id));
      const asked = office.confirmedIds === null ? [] : changesSince(confirmed, current);
      return {
        ...officerLine(office),
        dutyIds: office.dutyIds.join(','),
        institutionName: office.institutionName,
        sections: sectionsOf(current).toSorted(
          (one, other) => Number(other.isPosition) - Number(one.isPosition),
        ),
        changes: asked.map((change) => ({ ...change, badge: changeBadges[change.kind] })),
        form:
          form.values.tenureId === String(office.tenureId)
            ? form
            : { ...form, values: {}, errors: {} },
      };
    }),
  });
}
