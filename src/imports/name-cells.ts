import { personName, title } from '#src/http/fields.ts';
import { masked, type Cells } from '#src/imports/cells.ts';
import { readName } from '#src/imports/names.ts';

const longest = 100;

/** The name and its titles, which may stand in one cell or in three; what is wrong with them is told. */
export function nameOf(row: Cells) {
  const { text } = row;
  const behind = [text('name'), text('backTitle')].filter(Boolean).join(', ');
  const nameText = [text('frontTitle'), behind].filter(Boolean).join(' ');
  const { name, frontTitle, backTitle } = readName(nameText);
  const problem = nameProblem(name);
  if (problem) row.error('name', problem);
  checkTitle(row, 'frontTitle', frontTitle);
  checkTitle(row, 'backTitle', backTitle);
  return {
    nameText,
    frontTitle: frontTitle && masked(frontTitle),
    name: masked(name).slice(0, longest),
    backTitle: backTitle && masked(backTitle),
  };
}

function nameProblem(name: string): string | null {
  if (name === '') return 'Isi nama lengkap seperti di KTP';
  if (name.length > longest)
    return `Nama lebih dari ${longest} huruf. Tulis nama seperti di KTP, paling panjang ${longest} huruf`;
  if (personName.safeParse(name).success) return null;
  return 'Nama memuat angka atau tanda lain. Tulis nama dengan huruf saja';
}

function checkTitle(row: Cells, field: 'frontTitle' | 'backTitle', text: string | null) {
  const [issue] = title.safeParse(text ?? '').error?.issues ?? [];
  if (issue) row.error(row.place(field) < 0 ? 'name' : field, issue.message);
}
