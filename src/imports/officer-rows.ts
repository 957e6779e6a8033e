import { fieldOfHead, plainHead } from '#src/imports/labels.ts';

export type Label = { label: string; column: number };
type Row = Map<number, string>;

/** What a line below a table says of who signs it. */
const signs = {
  anywhere: /^(mengetahui|menyetujui|mengesahkan|disetujui|disahkan|nip)\b/i,
  asName: /^(lurah|camat|ketua|kepala|sekretaris|a\.?n\.|pj|plt|plh)(?=[\s.]|$)/i,
  withoutName: /^(lurah|camat|kepala (kelurahan|desa|dusun))\b/i,
  placeAndDay: /^\p{L}[\p{L} .]*,[\s\d.…_]*\p{L}+\s+(20\d\d|[\d.…_]+)$/u,
};

/** Tells the rows of officers of a sheet, asked from top to bottom, from numbers, totals and signatures. */
export function officerRows(labels: readonly Label[]): (cells: Row) => boolean {
  const places = placesOf(labels);
  let isSigned = false;
  let isNumbered = false;
  let widest = 0;
  return (cells) => {
    const line = lineOf(cells, places);
    const enough = isNumbered ? 5 : Math.max(3, Math.min(4, widest));
    const isSolid = line.hasNumber || line.distinct >= enough;
    if (isSolid) isSigned = false;
    else isSigned ||= isSignature(line);
    if (isSigned || !isOfficer(line)) return false;
    isNumbered ||= line.hasNumber;
    widest = Math.max(widest, line.distinct);
    return true;
  };
}

type Places = ReturnType<typeof placesOf>;

function placesOf(labels: readonly Label[]) {
  const columnOf = (isWanted: (label: string) => boolean) =>
    labels.find(({ label }) => isWanted(label))?.column;
  const place = {
    name: columnOf((label) => fieldOfHead(label) === 'name'),
    status: columnOf((label) => plainHead(label) === 'status'),
    number: columnOf((label) => /^(no|nomor|no urut|nomor urut)$/.test(plainHead(label))),
  };
  return { all: labels.map(({ column }) => column), ...place };
}

type Line = ReturnType<typeof lineOf>;

function lineOf(cells: Row, { all, name, status, number }: Places) {
  const textAt = (column: number | undefined) =>
    column === undefined ? '' : (cells.get(column) ?? '');
  const values = all.map(textAt).filter((text) => text !== '');
  return {
    values,
    distinct: new Set(values).size,
    name: textAt(name),
    status: textAt(status),
    hasNumber: /^\d{1,5}[.)]?$/.test(textAt(number)),
  };
}

function isSignature({ values, name }: Line): boolean {
  if (values.some((text) => signs.anywhere.test(text))) return true;
  if (name !== '') return signs.asName.test(name) || signs.placeAndDay.test(name);
  return values.some((text) => signs.withoutName.test(text) || signs.placeAndDay.test(text));
}

/** Not a line of column numbers, a total, or the heads again: those name nobody in the columns of names and posts. */
function isOfficer({ values, distinct, name, status }: Line): boolean {
  if (values.length === 0) return false;
  if (values.length > 2 && values.every((text) => /^\(?\d{1,2}\)?$/.test(text))) return false;
  if (values.length > 1 && distinct === 1) return false;
  if (/^(jumlah|total|keterangan|catatan)\b/i.test(values[0] ?? '')) return false;
  if (fieldOfHead(name) === 'name') return false;
  // A vacant seat, as our own export writes it: no name, and the word for it in the column of the status.
  if (name === '' && status.toLowerCase() === 'kosong') return false;
  return name !== '' ? values.length >= 2 : values.length >= 3;
}
