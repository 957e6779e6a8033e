import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';

/** What every filtered list shows: its selects, its errors, what is chosen in words, and its own address otherwise. */

export type Option = { value: string; label: string };
export type Select = ReturnType<ReturnType<typeof selectsOf>>;

/** Makes the selects of a filter; the first choice of each stands for all. */
export const selectsOf =
  ({ values, errors }: Form<unknown>) =>
  (name: string, label: string, { all, options }: { all: string; options: readonly Option[] }) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });

export const searchOf = ({ values, errors }: Form<unknown>, label: string) => ({
  name: 'cari',
  label,
  value: values.cari ?? '',
  error: errors.cari,
});

/** "Semua jenis, Pilar Bersih" */
export const chosenInWords = (selects: readonly Select[]) =>
  format.choices(selects.map(({ value, options }) => labelOf(options, value)));

export const labelOf = (options: readonly Option[], value?: string) =>
  options.find((option) => option.value === value)?.label;

/** The controls of a filter are called filter-<name>; the error summary leads there. */
export const errorsAtFilter = <Input>(form: Form<Input>): Form<Input> => ({
  ...form,
  errors: Object.fromEntries(
    Object.entries(form.errors).map(([name, text]) => [`filter-${name}`, text]),
  ),
});

/** An address with those values that are not empty; the first page goes without saying. */
export function addressOf(
  path: string,
  values: Record<string, string | undefined>,
  names: readonly string[] = Object.keys(values),
): string {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = values[name];
    if (value && !(name === 'halaman' && value === '1')) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Heads of columns that sort by them, and the other way round where they do already. */
export const sortedHeads =
  <Order extends string>(order: Order, hrefOf: (order: string) => string) =>
  (name: Order, label: string) => ({
    label,
    direction: order === name ? 'ascending' : order === `-${name}` ? 'descending' : null,
    href: hrefOf(order === name ? `-${name}` : name),
  });
