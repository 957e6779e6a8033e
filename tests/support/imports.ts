import { expect } from 'vitest';
import { workDone } from '#src/imports/work.ts';
import { as } from './app.ts';
import { makeAccount, makeKelurahan } from './fixtures.ts';
import { fileOf, type RawCell } from './hostile.ts';
import { rowsOf } from './superuser.ts';

export async function makeImportScene() {
  const kelurahan = await makeKelurahan();
  const scope = { kelurahanId: kelurahan.id };
  const staff = await makeAccount('staff', scope);
  const lurah = await makeAccount('lurah', scope);
  return { kelurahan, staff, lurah, browser: await as(staff), lurahBrowser: await as(lurah) };
}
export type ImportScene = Awaited<ReturnType<typeof makeImportScene>>;
type Browser = Awaited<ReturnType<typeof as>>;

/** Uploads and waits for the check; answers the address of the import, or of its columns where they are not known. */
export async function uploadWorkbook(browser: Browser, bytes: Buffer, name = 'pengurus.xlsx') {
  const answer = await browser.upload('/impor', { name, bytes });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  return String(answer.headers.location);
}

export const batchIdOf = (address: string) => Number(address.split('/')[2]);

export type ImportedRow = {
  id: number;
  row: number;
  sheet: string;
  outcome: string;
  result: string | null;
  details: {
    institution: string;
    position: string;
    problems: { field: string; message: string; suggestion?: string }[];
    plan: { fresh: { typeId: number; name: string } | null } | null;
  };
};
export const rowsOfImport = (address: string) =>
  rowsOf<ImportedRow>(
    `SELECT id, row_number AS row, sheet, outcome, result, details FROM import_rows WHERE batch_id = $1 ORDER BY id`,
    [batchIdOf(address)],
  );

export async function versionOf(address: string): Promise<number> {
  const [batch] = await rowsOf<{ version: number }>(
    'SELECT version FROM import_batches WHERE id = $1',
    [batchIdOf(address)],
  );
  return batch?.version ?? expect.fail('no such import');
}

export const wordsOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

export type Line = Record<string, RawCell>;

/** A workbook with a column for each head that a line has. */
export function workbookOf(lines: readonly Line[]): Buffer {
  const head = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  return fileOf([head, ...lines.map((line) => head.map((label) => line[label] ?? null))]);
}

/** What the check says of a file of these lines. */
export const previewLines = (browser: Browser, lines: readonly Line[]) =>
  previewFile(browser, workbookOf(lines));

export async function previewFile(browser: Browser, bytes: Buffer) {
  const address = await uploadWorkbook(browser, bytes);
  const outcomes = (await rowsOfImport(address)).map(({ outcome }) => outcome);
  return { address, outcomes, text: await textOfPage(browser, address) };
}

export async function textOfPage(browser: Browser, address: string) {
  const page = await browser.get(address);
  expect(page.status).toBe(200);
  return wordsOf(page.text);
}

/** Sends a form of the import (penerapan, persetujuan, penarikan) and waits for the work. */
export async function pressImport(browser: Browser, address: string, step: string) {
  const answer = await browser.post(`${address}/${step}`, { version: await versionOf(address) });
  expect(answer.status, wordsOf(answer.text)).toBe(303);
  await workDone();
}

export async function approveProposal(
  browser: Browser,
  id: number,
  decreeNumber: string,
  decreeYear = 2026,
) {
  const [change] = await rowsOf<{ version: number }>(
    'SELECT version FROM roster_changes WHERE id = $1',
    [id],
  );
  return browser.post(`/usulan/${id}/persetujuan`, {
    version: change?.version ?? 0,
    decreeNumber,
    decreedOnDay: 1,
    decreedOnMonth: 6,
    decreedOnYear: decreeYear,
  });
}
