import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { NumberingInput, TemplateInput } from '#src/decrees/form.ts';
import { patternOf } from '#src/decrees/numbering.ts';
import { findNumbering } from '#src/decrees/repository.ts';
import { numberFrom } from '#src/decrees/rules.ts';
import { templateWords, usualTemplate } from '#src/decrees/template.ts';

/** What drafts are made from: the number pattern of an office, and the texts of a type of institution. */

export async function numberingPage(req: Request, res: Response) {
  const { pattern, version } = await readNumbering(req);
  showNumbering(res, blankForm({ version, pattern }));
}

export async function saveNumbering(req: Request, res: Response, form: Form<NumberingInput>) {
  const { input } = form;
  if (!input) return showNumbering(res.status(422), form);
  const kelurahanId = kelurahanOf(req);
  const location = await once(req, form, async (tx) => {
    const { pattern, version } = input;
    const isKept = await keep(version, {
      insert: () =>
        tx.decreeNumbering.createMany({ data: [{ kelurahanId, pattern }], skipDuplicates: true }),
      update: () =>
        tx.decreeNumbering.updateMany({
          where: { kelurahanId, version },
          data: { pattern, version: { increment: 1 } },
        }),
    });
    if (!isKept) return '';
    leaveNotice(req, `Pola nomor SK tersimpan: ${input.pattern}`);
    return '/sk';
  });
  if (location !== '') return res.redirect(303, location);
  const now = await readNumbering(req);
  showConflict(res, form, {
    ...now,
    title: 'Pola nomor SK',
    href: '/sk/penomoran',
    labels: { pattern: 'Pola nomor' },
    stored: { pattern: now.pattern ?? '' },
  });
}

const readNumbering = (req: Request) =>
  asActor(actorOf(req), async (tx) => ({
    pattern: await patternOf(tx, kelurahanOf(req)),
    version: (await findNumbering(tx, kelurahanOf(req)))?.version ?? 0,
  }));

function showNumbering(res: Response, form: Form<unknown>) {
  const year = Number(today().slice(0, 4));
  res.renderPage('decrees/numbering', {
    form,
    example: numberFrom(form.values.pattern ?? '', { sequence: 12, year }),
  });
}

export async function templateList(req: Request, res: Response) {
  const types = await asActor(actorOf(req), async (tx) => {
    const own = await tx.decreeTemplate.findMany({ select: { institutionTypeId: true } });
    const all = await listTypes(tx);
    return all.map((type) => ({
      ...type,
      isOwn: own.some(({ institutionTypeId }) => institutionTypeId === type.id),
    }));
  });
  res.renderPage('decrees/templates', { types });
}

export async function templatePage(req: Request, res: Response) {
  const { type, version, texts } = await readTemplate(req);
  const form = blankForm({ version, ...texts });
  res.renderPage('decrees/template', { type, form, words: templateWords });
}

export async function saveTemplate(req: Request, res: Response, form: Form<TemplateInput>) {
  const { input } = form;
  const type = await asActor(actorOf(req), (tx) => getType(tx, req));
  if (!input)
    return res.status(422).renderPage('decrees/template', { type, form, words: templateWords });
  const location = await once(req, form, async (tx) => {
    const { version, ...texts } = input;
    const institutionTypeId = type.id;
    const isKept = await keep(version, {
      insert: () =>
        tx.decreeTemplate.createMany({
          data: [{ institutionTypeId, ...texts }],
          skipDuplicates: true,
        }),
      update: () =>
        tx.decreeTemplate.updateMany({
          where: { institutionTypeId, version },
          data: { ...texts, version: { increment: 1 }, updatedAt: new Date() },
        }),
    });
    if (!isKept) return '';
    leaveNotice(req, `Naskah SK ${type.name} tersimpan. Konsep SK berikutnya memakainya.`);
    return '/sk/templat';
  });
  if (location !== '') return res.redirect(303, location);
  const { version, texts: stored } = await readTemplate(req);
  const href = `/sk/templat/${type.id}`;
  showConflict(res, form, {
    version,
    title: `Naskah SK ${type.name}`,
    href,
    labels: textLabels,
    stored,
  });
}

const textLabels = {
  considering: 'Menimbang',
  recalling: 'Mengingat',
  dictum: 'Diktum',
  copies: 'Tembusan',
};

const readTemplate = (req: Request) =>
  asActor(actorOf(req), async (tx) => {
    const type = await getType(tx, req);
    const found = await tx.decreeTemplate.findUnique({ where: { institutionTypeId: type.id } });
    const { considering, recalling, dictum, copies } = found ?? usualTemplate;
    return {
      type,
      version: found?.version ?? 0,
      texts: { considering, recalling, dictum, copies },
    };
  });

type Write = () => PromiseLike<{ count: number }>;

/** Version 0 is a setting that nobody has made yet; false when somebody was faster. */
async function keep(version: number, { insert, update }: { insert: Write; update: Write }) {
  const { count } = await (version === 0 ? insert() : update());
  return count === 1;
}

type Conflict = {
  title: string;
  href: string;
  version: number;
  labels: Record<string, string>;
  stored: Record<string, string>;
};

/** What is stored now beside what was typed, and a form that saves the latter on top. */
function showConflict(
  res: Response,
  { values }: Form<unknown>,
  { title, href, version, labels, stored }: Conflict,
) {
  res.status(409).renderPage('decrees/conflict', {
    title,
    href,
    key: blankForm().key,
    rows: Object.entries(labels).map(([name, label]) => ({
      label,
      before: stored[name] ?? '',
      after: values[name] ?? '',
      ...(stored[name] === values[name] ? { unchanged: true } : {}),
    })),
    fields: Object.entries({ ...values, version: String(version) }),
  });
}

const listTypes = (tx: Transaction) =>
  tx.institutionType.findMany({
    orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });

async function getType(tx: Transaction, req: Request) {
  const type = (await listTypes(tx)).find(({ id }) => id === idFrom(req));
  if (!type) throw notFound();
  return type;
}

function kelurahanOf(req: Request): number {
  const { kelurahanId } = currentAccount(req);
  if (kelurahanId === null) throw forbidden();
  return kelurahanId;
}
