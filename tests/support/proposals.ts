import type { Page } from 'playwright-core';

/** What people do on the pages of a proposal, through the labels that they see. */

export type Candidate = {
  name: string;
  frontTitle?: string;
  backTitle?: string;
  sex: 'Laki-laki' | 'Perempuan';
  nik: string;
  birth: string;
};

/** Today in the city, as '2026-08-17'. */
export const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format();

export const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Presses a button of the page's form and waits for the page that answers. */
export async function press(page: Page, name: string): Promise<void> {
  const answered = page.waitForEvent('load');
  await page.locator('main').getByRole('button', { name, exact: true }).click();
  await answered;
}

export const field = (page: Page, label: string) =>
  page.locator('main').getByLabel(label, { exact: true });

/** A field that may stay empty; its label says so. */
export const optionalField = (page: Page, label: string) =>
  field(page, `${label} (boleh dikosongkan)`);

/** By its label, which is what people press: it covers the whole choice. */
export async function choose(page: Page, label: string): Promise<void> {
  await page
    .locator('main label')
    .and(page.getByText(label, { exact: true }))
    .click();
}

export async function fillDate(page: Page, legend: string, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-');
  // The first one: an approval may ask for a second date, of the ending.
  const group = page.getByRole('group', { name: legend }).first();
  await group.getByLabel('Tanggal', { exact: true }).fill(String(Number(date)));
  await group.getByLabel('Bulan', { exact: true }).fill(String(Number(month)));
  await group.getByLabel('Tahun', { exact: true }).fill(year);
}

/** From an institution's page: what changes and, when asked, which seat. */
export async function startProposal(page: Page, kind: string, seat?: string): Promise<void> {
  await page.getByRole('link', { name: 'Ajukan perubahan pengurus' }).click();
  await choose(page, kind);
  await press(page, 'Lanjut');
  if (seat === undefined) return;
  await choose(page, seat);
  await press(page, 'Lanjut');
}

/** The three pages about a new person. */
export async function describeCandidate(page: Page, candidate: Candidate): Promise<void> {
  await field(page, 'Nama lengkap').fill(candidate.name);
  await optionalField(page, 'Gelar di depan nama').fill(candidate.frontTitle ?? '');
  await optionalField(page, 'Gelar di belakang nama').fill(candidate.backTitle ?? '');
  await choose(page, candidate.sex);
  await press(page, 'Lanjut');
  await describeIdentity(page, candidate);
  await optionalField(page, 'Nomor HP (WhatsApp)').fill('0812 3456 7890');
  await press(page, 'Lanjut');
}

async function describeIdentity(page: Page, { nik, birth }: Candidate): Promise<void> {
  await optionalField(page, 'NIK').fill(nik);
  await fillDate(page, 'Tanggal lahir', birth);
  await page.getByLabel('Pendidikan terakhir').selectOption({ index: 5 });
  await press(page, 'Lanjut');
}

export async function explain(
  page: Page,
  { legend, day, reason }: { legend: string; day: string; reason: string },
): Promise<void> {
  await fillDate(page, legend, day);
  const endReason = page.getByLabel('Sebab berhenti');
  if (await endReason.count()) await endReason.selectOption('Mengundurkan diri');
  await field(page, 'Alasan perubahan').fill(reason);
  await press(page, 'Lanjut periksa');
}

export async function approve(page: Page, decree: string): Promise<void> {
  await page.locator('main').getByRole('link', { name: 'Setujui', exact: true }).click();
  await field(page, 'Nomor SK').fill(decree);
  await fillDate(page, 'Tanggal SK', today);
  await press(page, 'Setujui usulan');
}

/** The number of the proposal on screen, such as U-2026-0010. */
export async function numberOf(page: Page): Promise<string> {
  const text = await page.locator('.page-head .meta').innerText();
  return /U-\d{4}-\d{4}/.exec(text)?.[0] ?? '';
}
