import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import ejs from 'ejs';
import type { Request, RequestHandler } from 'express';
import { city } from '#src/city.ts';
import { config } from '#src/config.ts';
import * as format from '#src/format.ts';
import { assetUrl } from '#src/http/assets.ts';
import { wayBack } from '#src/attestations/ticks.ts';
import { bottomNavigationFor, navigationFor, roleLabel } from '#src/navigation.ts';

/** Gives `res.renderPage(view, locals)`: a page of views/ inside views/layout.ejs, with what every page may use. */
export const usePages: RequestHandler = (req, res, next) => {
  res.renderPage = (view, locals = {}) => {
    res.type('html').send(renderPage(view, sharedLocals(req), locals));
  };
  next();
};

/** The whole HTML of a page; throws when the page sets no title or prints something undefined. */
export function renderPage(view: string, shared: object, locals: Record<string, unknown>): string {
  const page = { title: '', section: '', refresh: 0, invalid: isInvalid(locals.form) };
  const common = { ...shared, page };
  const body = render(view, Object.assign(Object.create(common), locals), common);
  if (!page.title) throw new Error(`${view} sets no page.title`);
  return render('layout', Object.assign(Object.create(common), locals, { body }), common);
}

/** Whether the page shows a form with something to mend; its title says so first. */
const isInvalid = (form: unknown) =>
  typeof form === 'object' &&
  form !== null &&
  'errors' in form &&
  Object.keys(form.errors ?? {}).length > 0;

function sharedLocals(req: Request): Record<string, unknown> {
  const account = req.user;
  return {
    format,
    asset: assetUrl,
    city: city(),
    demo: config().mode === 'demo',
    actor: account
      ? { displayName: account.displayName, roleLabel: roleLabel(account), role: account.role }
      : null,
    navigation: account ? navigationFor(account, req.path) : [],
    bottomNavigation: account ? bottomNavigationFor(account, req.path) : [],
    signOutKey: randomUUID(),
    notice: takeNotice(req),
    wayBack: wayBack(req),
    saveData: req.get('save-data') === 'on',
  };
}

function takeNotice(req: Request): string | null {
  const notice = req.session?.notice ?? null;
  if (notice !== null) delete req.session.notice;
  return notice;
}

type Template = (locals: object, escape: (value: unknown) => string, include: Include) => string;
type Include = (name: string, locals?: object) => string;

const folder = path.join(import.meta.dirname, '../../views');

/** Compiled once, without `with`, so that every value is reached through `it` (three times as fast, and misspelt names fail). */
const templates = new Map(
  globSync('**/*.ejs', { cwd: folder }).map((file) => [file.replace(/\.ejs$/, ''), compile(file)]),
);

/** EJS's own function copies the locals and looks for the file on every include; only its generated source is used. */
function compile(file: string): Template {
  const source = readFileSync(path.join(folder, file), 'utf8');
  const template = new ejs.Template(source, {
    strict: true,
    localsName: 'it',
    compileDebug: false,
    filename: file,
  });
  template.compile();
  const generated: unknown = Reflect.get(template, 'source');
  return compileFunction(String(generated), ['it', 'escapeFn', 'include'], {
    filename: file,
  }) as Template;
}

/** An included template sees what it is given and what all pages share, not the locals of the page around it. */
function render(name: string, locals: object, shared: object): string {
  const template = templates.get(name);
  if (!template) throw new Error(`No template views/${name}.ejs`);
  const include: Include = (child, given = {}) =>
    render(child, Object.assign(Object.create(shared), given), shared);
  return template(locals, escape, include);
}

const replacements: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const special = /[&<>"']/;

function escape(value: unknown): string {
  if (value === undefined) throw new Error('A template prints something undefined');
  if (value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error('A template prints something that is no text');
  }
  const text = String(value);
  return special.test(text)
    ? text.replaceAll(/[&<>"']/g, (character) => replacements[character] ?? '')
    : text;
}
