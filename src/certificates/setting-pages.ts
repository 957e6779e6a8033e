import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { today } from '#src/format.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import type { SettingsInput } from '#src/certificates/form.ts';
import { saveSettings } from '#src/certificates/repository.ts';
import { numberFrom } from '#src/certificates/rules.ts';
import { organised } from '#src/certificates/steering.ts';
import type { StoredTraining } from '#src/trainings/repository.ts';

/** Somebody else saved the training since the form was opened. */
class SettingsChanged extends Error {}

export async function settingsPage(req: Request, res: Response) {
  const model = await readSettings(req);
  const { training } = model;
  render(res, model, blankForm({ version: training.version, ...valuesOf(training) }));
}

export async function saveCertificateSettings(
  req: Request,
  res: Response,
  form: Form<SettingsInput>,
) {
  const model = await readSettings(req);
  const checked = withPatternKept(form, model);
  const { input } = checked;
  if (!input) return render(res.status(422), model, checked);
  try {
    const location = await once(req, form, async (tx) => {
      const training = await organised(tx, req);
      if (!(await saveSettings(tx, training.id, input))) throw new SettingsChanged();
      leaveNotice(req, 'Pengaturan sertifikat tersimpan.');
      return `/pelatihan/${training.id}/sertifikat`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof SettingsChanged)) throw error;
    const { training } = await readSettings(req);
    res.status(409).renderPage('certificates/settings-conflict', {
      training,
      key: blankForm().key,
      rows: differences(training, input),
      fields: Object.entries({ ...form.values, version: String(training.version) }),
    });
  }
}

const readSettings = (req: Request) =>
  asActor(actorOf(req), async (tx) => ({
    training: await organised(tx, req),
    issued: await tx.certificate.count({ where: { trainingId: idFrom(req) } }),
  }));

/** Numbers that follow one pattern stay in one row: the pattern is settled by the first certificate. */
function withPatternKept(
  form: Form<SettingsInput>,
  { training, issued }: Awaited<ReturnType<typeof readSettings>>,
): Form<SettingsInput> {
  if (!form.input || issued === 0) return form;
  return form.input.certificatePattern === training.certificatePattern
    ? form
    : withError(
        form,
        'certificatePattern',
        `Pola nomor tetap ${training.certificatePattern} karena sudah ada sertifikat yang terbit`,
      );
}

const labels = {
  minimumShare: 'Syarat kehadiran (persen)',
  certificatePattern: 'Pola nomor',
  signatoryTitle: 'Jabatan penanda tangan',
  signatoryName: 'Nama penanda tangan',
  signatoryRank: 'Pangkat',
  signatoryNip: 'NIP',
} as const;
type Setting = keyof typeof labels;
const settings = Object.keys(labels) as Setting[];

const valuesOf = (training: StoredTraining) =>
  Object.fromEntries(settings.map((name) => [name, training[name]]));

const differences = (training: StoredTraining, input: SettingsInput) =>
  settings
    .filter((name) => String(training[name]) !== String(input[name]))
    .map((name) => ({
      label: labels[name],
      before: String(training[name]) || null,
      after: String(input[name]) || null,
    }));

function render(
  res: Response,
  { training, issued }: Awaited<ReturnType<typeof readSettings>>,
  form: Form<unknown>,
) {
  res.renderPage('certificates/settings', {
    training,
    labels,
    issued,
    example: numberFrom(training.certificatePattern, { sequence: issued + 1, day: today() }),
    form,
  });
}
