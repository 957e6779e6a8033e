import type { Request, Response } from 'express';
import { city } from '#src/city.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { roleLabel } from '#src/navigation.ts';
import {
  buildWorkbook,
  countInWords,
  exportedAtMost,
  sendWorkbook,
  type Sheet,
} from '#src/spreadsheets.ts';
import type { TrainingQuery } from '#src/trainings/form.ts';
import { choicesFrom, filterInWords, refuseUnknown } from '#src/trainings/list-filter.ts';
import { filterValues, renderTrainings } from '#src/trainings/list-pages.ts';
import { exportedTrainings, trainingChoices, type ExportedTraining } from '#src/trainings/lists.ts';
import { type Pillar, pillars, statusBadges } from '#src/trainings/rules.ts';

/** The list of trainings with its filter as a file; what leaves the portal is recorded. */
export async function trainingWorkbook(req: Request, res: Response, form: Form<TrainingQuery>) {
  const [offered] = await readAs(actorOf(req), trainingChoices(city().timeZone));
  const choices = choicesFrom(offered);
  const checked = refuseUnknown(form, choices);
  const { input } = checked;
  if (!input) return renderTrainings(req, res, { form: checked, choices, rows: [] });
  const values = filterValues({ ...input, halaman: 1 }, exportedAtMost);
  const [rows] = await readAs(actorOf(req), exportedTrainings(...values));
  const filter = filterInWords(checked, choices);
  await asActor(actorOf(req), async (tx) => {
    const details = { filter, rows: rows.length };
    await tx.$executeRaw`SELECT audit.record('export', 'trainings', NULL, NULL, ${details}::jsonb)`;
  });
  const account = currentAccount(req);
  const about = {
    filter,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
    count: countInWords(rows[0]?.total ?? 0, 'pelatihan'),
  };
  const today = format.today();
  sendWorkbook(res, `pelatihan-${today}`, await buildWorkbook(sheetOf(rows, { today, about })));
}

const sheetOf = (
  rows: ExportedTraining[],
  { today, about }: { today: string; about: Sheet['about'] },
): Sheet => ({
  name: 'Pelatihan',
  title: 'Daftar pelatihan dan pembinaan LKK',
  asOf: today,
  about,
  columns: [
    { label: 'Pelatihan', width: 48 },
    { label: 'Tanggal', width: 14, date: true },
    { label: 'Tempat', width: 28 },
    { label: 'Status', width: 14 },
    { label: 'Penyelenggara', width: 30 },
    { label: 'Kelurahan', width: 36 },
    { label: 'Pilar', width: 30 },
    { label: 'Sesi', width: 8, number: true },
    { label: 'Diundang', width: 11, number: true },
    { label: 'Hadir', width: 9, number: true },
    { label: 'Tindak lanjut', width: 14, number: true },
  ],
  rows: rows.map((row) => [
    row.title,
    row.startsAt && format.dayOf(row.startsAt),
    row.venue,
    statusBadges[row.status].label,
    row.organiserName,
    row.kelurahanNames.join(', ') || null,
    (Object.keys(pillars) as Pillar[])
      .filter((pillar) => row.pillars.includes(pillar))
      .map((pillar) => pillars[pillar])
      .join(', ') || null,
    row.sessions ?? 0,
    row.invited,
    row.attended,
    row.promised,
  ]),
});
