import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');
const css = read('public/portal.css').replaceAll(/\/\*[\s\S]*?\*\//g, '');
const script = read('public/portal.js');
const icons = new Set(
  [...read('public/icons.svg').matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name),
);
const classes = new Set([...css.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name));
const templates = globSync('views/**/*.ejs');
const components = globSync('views/components/*.ejs');
const catalogue = globSync('views/styleguide/*.ejs').map(read).join('\n');
const compressed = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

test.each([
  ['public/portal.css', 10],
  ['public/portal.js', 4],
  ['public/icons.svg', 3],
])('%s travels in at most %i KB', (file, kilobytes) => {
  expect(compressed(file)).toBeLessThanOrEqual(kilobytes * 1024);
});

test('the font is at most 15 KB and comes with its licence', () => {
  expect(readFileSync('public/fonts/plus-jakarta-sans.woff2').length).toBeLessThanOrEqual(
    15 * 1024,
  );
  expect(read('public/fonts/OFL.txt')).toContain('SIL OPEN FONT LICENSE Version 1.1');
});

test('the icons name their licence', () => {
  expect(read('public/icons.svg')).toContain('Tabler Icons');
  expect(read('public/icons-license.txt')).toContain('MIT License');
});

test('the style sheet keeps to what Chrome 109 understands and the content policy allows', () => {
  expect(css).not.toMatch(
    /oklch|color-mix|subgrid|:popover-open|scroll-behavior|data:|@import|!ie/,
  );
  expect(css).not.toMatch(/^\s*&/m);
  expect(css).not.toContain('https:');
});

test('width queries never reach paper', () => {
  const widthQueries = css.match(/@media[^{]*-width[^{]*/g) ?? [];
  expect(widthQueries.length).toBeGreaterThan(5);
  for (const query of widthQueries) expect(query).toContain('screen and (');
});

test('the script writes no HTML from text, so Trusted Types need no policy', () => {
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function/,
  );
});

test.each(templates)(
  '%s has no inline style, script or handler, and unescaped HTML only from includes',
  (file) => {
    const source = read(file);
    expect(source).not.toMatch(/\sstyle=|<style|\son\w+="|javascript:|data:/);
    expect(source.match(/<script(?![^>]*\ssrc=)/)).toBeNull();
    expect(source.match(/<%-(?!\s*(include\(|it\.body\b))[^%]*%>/g)).toBeNull();
  },
);

test('every icon that a template names is in the sprite', () => {
  const named = templates.flatMap((file) =>
    [...read(file).matchAll(/icon(?:', \{ name)?: '([a-z0-9-]+)'/g)].map(([, name]) => ({
      file,
      name,
    })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !icons.has(name))).toEqual([]);
});

test.each(templates)('%s names only classes that the style sheet knows', (file) => {
  const named = [...read(file).matchAll(/\sclass="([^"]*)"/g)]
    .flatMap(([, names = '']) => names.replaceAll(/<%[^%]*%>/g, ' ').split(/\s+/))
    .filter((name) => name !== '' && !name.endsWith('-'));
  expect(named.filter((name) => !classes.has(name))).toEqual([]);
});

test.each(components)('%s says in its first line what it takes', (file) => {
  expect(read(file).split('\n')[0]).toMatch(/^<%# .*(\{|no locals).* -%>$/);
});

/** Parts that only the layout, the error pages or another component include. */
const inner = new Set([
  'account-menu',
  'navigation',
  'problem',
  'field-message',
  'org-chart-node',
  'page-head',
]);

test('the catalogue shows every component', () => {
  const names = components.map((file) => file.replace(/^.*\/|\.ejs$/g, ''));
  const missing = names.filter(
    (name) => !inner.has(name) && !catalogue.includes(`components/${name}'`),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['ink', 'bg', 7],
  ['ink-2', 'bg', 4.5],
  ['white', 'brand-600', 4.5],
  ['brand-700', 'brand-50', 4.5],
  ['good', 'good-bg', 4.5],
  ['warn', 'warn-bg', 4.5],
  ['bad', 'bad-bg', 4.5],
  ['bad', 'white', 4.5],
  ['line-input', 'bg', 3],
  ['warn-line', 'n200', 3],
  ['bad-line', 'n200', 3],
  ['brand-600', 'n200', 3],
  ['ink', 'gold', 3],
])('%s on %s has a contrast of at least %d', (front, back, least) => {
  expect(contrast(token(front), token(back))).toBeGreaterThanOrEqual(least);
});

/** The colour behind a custom property, following references to other ones. */
function token(name: string): string {
  const value = css.match(new RegExp(`--${name}: ([^;]+);`))?.[1] ?? '';
  const reference = value.match(/^var\(--([\w-]+)\)$/)?.[1];
  return reference ? token(reference) : value;
}

/** WCAG 2.2 contrast ratio of two colours written as #rgb or #rrggbb. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const long = color.length === 4 ? color.replaceAll(/[0-9a-f]/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(parseInt(long.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
