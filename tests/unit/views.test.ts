import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join(import.meta.dirname, '../../views');
const views = globSync('**/*.ejs', { cwd: folder })
  .toSorted()
  .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const);

/** Views that are no page of their own: parts that others include, and the page around all pages. */
const isPage = (file: string) =>
  !file.startsWith('components/') && file !== 'layout.ejs' && setsTitle(file);
const setsTitle = (file: string) => sourceOf(file).startsWith('<% it.page.title =');
const sourceOf = (file: string) => views.find(([name]) => name === file)?.[1] ?? '';

/** The HTML between the EJS tags: what stands in the page whatever the data. */
const markupOf = (source: string) => source.replaceAll(/<%[\s\S]*?%>/g, '·');
const postForms = (source: string) =>
  [...source.matchAll(/<form\b(?:<%[\s\S]*?%>|[^>])*>[\s\S]*?<\/form>/g)]
    .map(([form]) => form)
    .filter((form) => /method="post"/i.test(form));

test('every template compiles', async () => {
  const { renderPage } = await import('#src/http/views.ts');
  expect(renderPage).toBeTypeOf('function');
  expect(views.length).toBeGreaterThan(60);
});

test('there are pages, and each sets its title before anything else', () => {
  const pages = views.filter(([file]) => isPage(file));
  expect(pages.length).toBeGreaterThan(30);
});

test.each(views)(
  '%s prints unescaped text only from include() and, in the layout, the body',
  (file, source) => {
    for (const [, printed = ''] of source.matchAll(/<%-([\s\S]*?)%>/g)) {
      const expression = printed.trim().replace(/-$/, '').trim();
      const allowed =
        /^include\([\s\S]*\)$/.test(expression) ||
        (file === 'layout.ejs' && expression === 'it.body');
      expect(allowed, `${file}: <%- ${expression} %>`).toBe(true);
    }
  },
);

test.each(views)(
  '%s holds no inline script, style or handler and no foreign address',
  (_file, source) => {
    const markup = markupOf(source);
    expect(markup).not.toMatch(/\sstyle\s*=/i);
    expect(markup).not.toMatch(/<style\b/i);
    expect(markup).not.toMatch(/\son[a-z]+\s*=/i);
    expect(markup).not.toMatch(/javascript:/i);
    // Nothing is loaded from elsewhere; the one link that leads away starts a chat with an officer.
    expect(markup.replaceAll('<a class="btn btn-icon" href="https://wa.me/', '')).not.toMatch(
      /(?:src|href|action|poster|srcset)="(?:https?:)?\/\//i,
    );
    expect(markup).not.toMatch(/(?:src|href)="data:/i);
    expect(markup).not.toMatch(/<(?:iframe|object|embed|base|frame)\b/i);
    for (const [script] of markup.matchAll(/<script\b[^>]*>[\s\S]*?<\/script>/gi))
      expect(script).toMatch(/^<script\b[^>]*\ssrc="·"[^>]*><\/script>$/i);
  },
);

const sent = views.flatMap(([file, source]) =>
  postForms(source).map((form) => [file, form] as const),
);
const openingTag = (form: string) => /^<form\b(?:<%[\s\S]*?%>|[^>])*>/.exec(form)?.[0] ?? '';
/** A form in which somebody types or chooses, beside its buttons and hidden fields. */
const isFilledIn = (form: string) =>
  /<(?:select|textarea|input(?![^>]*type="hidden"))\b|include\('components\/(?:field|select|radios|checkbox|date-field)'/.test(
    form,
  );

test.each(sent)('%s: a form that is sent carries its key', (file, form) => {
  // The 401 page repeats every field that was sent, the key among them.
  const repeatsAllFields = file === 'errors/401.ejs' && form.includes('it.resume.fields');
  expect(repeatsAllFields || form.includes('name="key"'), form).toBe(true);
});

test.each(sent.filter(([, form]) => isFilledIn(form)))(
  '%s: a form that is filled in is checked by the server, in words of ours',
  (_file, form) => expect(openingTag(form)).toContain('novalidate'),
);

test.each(views)('%s reaches request data only through its view model', (_file, source) => {
  const code = [...source.matchAll(/<%[\s\S]*?%>/g)].map(([tag]) => tag).join('\n');
  expect(code).not.toMatch(/\breq\b|\bprocess\b|\brequire\b|\beval\b|\bglobalThis\b|\bFunction\b/);
});

test('render functions are called with the literal name of a view', () => {
  const sources = globSync('**/*.ts', {
    cwd: path.join(import.meta.dirname, '../../src'),
    exclude: (name) => name.includes('generated'),
  }).map((file) => readFileSync(path.join(import.meta.dirname, '../../src', file), 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/renderPage\(\s*'([\w/-]+)'/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect(views.map(([file]) => file)).toContain(`${name}.ejs`);
});

test('where the verb is Batalkan, the way out is not called Batal', () => {
  const confirmations = views.flatMap(([file, source]) =>
    source
      .split('\n')
      .filter(
        (line) => line.includes("include('components/confirm'") && /'Batalkan [a-z]+'/.test(line),
      )
      .map((line) => ({ file, names: line.includes("back: 'Kembali'") })),
  );
  expect(confirmations.length).toBeGreaterThan(4);
  expect(confirmations.filter(({ names }) => !names)).toEqual([]);
});
