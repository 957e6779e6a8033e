import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { listMatches, type Match } from '#src/duplicates/repository.ts';
import { likenessReasons, officeInWords } from '#src/duplicates/rules.ts';
import { type Form, blankForm, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf } from '#src/http/request.ts';
import { getDraft, lineOf, showLine } from '#src/roster-changes/draft.ts';
import type { matchForm } from '#src/roster-changes/form.ts';
import { type Change, type ChangeLine, getChange } from '#src/roster-changes/change.ts';
import { updateLine } from '#src/roster-changes/repository.ts';
import { nextStep } from '#src/roster-changes/steps.ts';

/** People of the city who may be the new person, asked before anything is sent. */

export async function matchPage(req: Request, res: Response) {
  await showMatches(req, res, blankForm());
}

export async function setMatch(
  req: Request,
  res: Response,
  form: Form<z.output<typeof matchForm>>,
) {
  const { input } = form;
  if (!input) return showMatches(req, res.status(422), form);
  const matches = await asActor(actorOf(req), async (tx) => {
    const change = await getDraft(tx, req);
    return matchesOf(tx, change, lineOf(change, req));
  });
  const checked = withKnownMatch(form, matches);
  if (!checked.input) return showMatches(req, res.status(422), checked);
  const location = await once(req, form, async (tx) => {
    const change = await getDraft(tx, req);
    await keepMatch(tx, change, lineOf(change, req), { match: input.match, matches });
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

/** After name, birth date or NIK: who else that may be is asked next, except those of whom it was said already. */
export async function askAboutMatches(tx: Transaction, changeId: number, seatId: number) {
  const change = await getChange(tx, changeId);
  const line = change.lines.find((one) => one.seatId === seatId);
  if (!line?.candidate || line.candidate.birthDate === undefined) return;
  const matches = await matchesOf(tx, change, line);
  const chosen = matches.some(
    ({ personId, otherNik }) => personId === line.candidatePersonId && !otherNik,
  );
  await updateLine(tx, change, line, {
    candidate: {
      ...line.candidate,
      suspects: chosen ? [] : matches.map(({ personId }) => personId),
    },
    candidatePersonId: chosen ? line.candidatePersonId : null,
  });
}

async function keepMatch(
  tx: Transaction,
  change: Change,
  line: ChangeLine,
  { match, matches }: { match: string; matches: Match[] },
) {
  const personId = personIn(match);
  const others = matches.map((one) => one.personId);
  const differs = [...(line.candidate?.differs ?? []), ...others];
  await updateLine(tx, change, line, {
    candidate: {
      ...line.candidate,
      suspects: [],
      ...(personId === null ? { differs } : {}),
    },
    candidatePersonId: personId,
  });
}

async function matchesOf(tx: Transaction, change: Change, line: ChangeLine): Promise<Match[]> {
  const { candidate } = line;
  if (!candidate?.name) return [];
  const found = await listMatches(tx, {
    name: candidate.name,
    birthDate: candidate.birthDate ?? null,
    nikIndex: line.candidateNikIndex,
    kelurahanIds: [change.institution.kelurahan.id],
  });
  // A NIK belongs to one person, whatever was said before.
  return found.filter(
    ({ personId, reason }) => reason === 'same_nik' || !candidate.differs?.includes(personId),
  );
}

const personIn = (match: string) => {
  const id = /^person:(\d+)$/.exec(match)?.[1];
  return id === undefined ? null : Number(id);
};

function withKnownMatch(form: Form<z.output<typeof matchForm>>, matches: Match[]) {
  const personId = personIn(form.input?.match ?? '');
  const chosen = matches.find((match) => match.personId === personId);
  if (personId === null && matches.some(isSameNik))
    return withError(
      form,
      'match',
      'NIK calon sama dengan NIK orang ini. Pakai data orang ini, atau perbaiki NIK calon',
    );
  if (personId !== null && !chosen)
    return withError(form, 'match', 'Pilih apakah calon ini salah satu dari mereka');
  if (chosen?.otherNik)
    return withError(
      form,
      'match',
      'NIK yang Anda isi berbeda dari NIK orang ini. Perbaiki NIK calon, atau pilih bukan orang yang sama',
    );
  return form;
}

const isSameNik = ({ reason }: Match) => reason === 'same_nik';

async function showMatches(req: Request, res: Response, form: Form<unknown>) {
  await showLine(req, res, 'roster-changes/match', async (tx, change, line) => {
    const matches = await matchesOf(tx, change, line);
    const name = line.candidate?.name ?? 'calon ini';
    return { form, name, options: optionsOf(matches), sameNik: matches.some(isSameNik) };
  });
}

function optionsOf(matches: Match[]) {
  return [
    ...matches.map(({ personId, fullName, reason, otherNik, office }) => ({
      value: `person:${personId}`,
      label: `Pakai orang ini: ${fullName}`,
      hint: [
        likenessReasons[reason] + (otherNik ? ', tetapi NIK berbeda' : ''),
        office && officeInWords(office),
      ]
        .filter(Boolean)
        .join('. '),
    })),
    ...(matches.some(isSameNik)
      ? []
      : [
          {
            value: 'different',
            label: 'Bukan orang yang sama',
            hint: 'Calon dicatat sebagai orang baru. Jawaban ini diingat.',
          },
        ]),
  ];
}
