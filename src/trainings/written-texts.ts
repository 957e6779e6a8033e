import { Prisma } from '#src/generated/prisma/client.ts';
import type { Transaction } from '#src/database.ts';

/** Texts of a paper that staff may write over the usual ones, section by section: of the minutes and of the report. */

export const withPlainLines = (text: string) =>
  text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');

export type Texts<Section extends string> = Record<Section, string>;
export type Typed<Section extends string> = Partial<Record<Section, string | null>>;

/** What was written and, where nothing was, what is usual. They count their own savings, so that a change of the plan does not make an open form stale. */
export function textsOver<Section extends string>(
  usual: Texts<Section>,
  { version, ...written }: Record<string, string | number>,
) {
  return {
    usual,
    texts: { ...usual, ...written } as Texts<Section>,
    version: typeof version === 'number' ? version : 0,
  };
}

/** What was typed, with one kind of line end; what is empty or as usual is not kept. */
export const ownTexts = <Section extends string>(
  sections: readonly Section[],
  typed: Typed<Section>,
  usual: Texts<Section>,
): Record<string, string> =>
  Object.fromEntries(
    sections.flatMap((section) => {
      const text = withPlainLines(typed[section] ?? '');
      return text === '' || text === usual[section] ? [] : [[section, text]];
    }),
  );

/** What is stored now beside what was typed, where they differ. */
export const textDifferences = <Section extends string>(
  labels: Record<Section, string>,
  { texts, usual }: { texts: Texts<Section>; usual: Texts<Section> },
  typed: Typed<Section>,
) =>
  (Object.entries(labels) as [Section, string][])
    .map(([section, label]) => ({
      label,
      before: texts[section],
      after: withPlainLines(typed[section] ?? '') || usual[section],
    }))
    .filter(({ before, after }) => before !== after);

const columns = {
  minutes: Prisma.sql`minutes_texts`,
  report: Prisma.sql`report_texts`,
};

/** Their version is kept among them; false where somebody else saved since the form was opened. */
export async function saveTexts(
  tx: Transaction,
  paper: keyof typeof columns,
  { id, version, texts }: { id: number; version: number; texts: Record<string, string> },
): Promise<boolean> {
  const column = columns[paper];
  const kept = { ...texts, version: version + 1 };
  const count = await tx.$executeRaw`
    UPDATE trainings SET ${column} = ${kept}::jsonb
    WHERE id = ${id} AND COALESCE((${column}->>'version')::int, 0) = ${version}`;
  return count === 1;
}
