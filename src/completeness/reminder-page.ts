import type { Request, Response } from 'express';
import type { ReminderQuery } from '#src/completeness/form.ts';
import { cycleOn, reminderFacts } from '#src/completeness/repository.ts';
import { gapsInWords, greetings, greetingWords, reminderText } from '#src/completeness/rules.ts';
import { config } from '#src/config.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, idFrom } from '#src/http/request.ts';

/** Two weeks are time enough where no cycle sets a day. */
const usualDays = 14;

/** A prepared WhatsApp text to the chair; the sender chooses the greeting and sends it from their own phone. */
export async function reminderPage(req: Request, res: Response, form: Form<ReminderQuery>) {
  const id = idFrom(req);
  const today = format.today();
  const [[about], [cycle]] = await readAs(actorOf(req), reminderFacts(id, today), cycleOn(today));
  if (!about) throw notFound();
  const greeting = form.input?.salam ?? null;
  const missing = gapsInWords(about.gaps);
  const attestation = about.attested || !cycle ? null : `pernyataan data ${cycle.name}`;
  const text =
    greeting === null || (!missing && !attestation)
      ? null
      : reminderText({
          greeting,
          ...about,
          institutionName: about.name,
          missing,
          attestation,
          before: cycle && cycle.dueOn > today ? cycle.dueOn : format.addDays(today, usualDays),
          link: `${config().publicUrl}/lembaga/${id}`,
        });
  res.status(form.input ? 200 : 422).renderPage('completeness/reminder', {
    form,
    id,
    about,
    isDone: !missing && !attestation,
    missing: [missing, attestation]
      .filter(Boolean)
      .join('; ')
      .replace(/^./, (letter) => letter.toUpperCase()),
    greetings: greetings.map((value) => ({ value, label: greetingWords[value] })),
    text,
    sendHref: text && about.chairPhone ? format.whatsAppUrl(text, about.chairPhone) : null,
  });
}
