import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '#src/http/errors.ts';

/** A form as the page shows it: what was typed, what is wrong with it, and the key that makes sending it twice harmless. */
export type Form<Input> = {
  values: Record<string, string>;
  errors: Record<string, string>;
  key: string;
  /** The parsed input; undefined while something is wrong. */
  input: Input | undefined;
};

/** A strict object: a field that no one asked for is refused. */
export type FormSchema = z.ZodType<unknown, Record<string, unknown>>;

export const emptyInput = z.strictObject({});

/** A form that nobody has sent yet, with the values to start from. */
export function blankForm(values: Record<string, string | number | null> = {}): Form<never> {
  const shown = Object.entries(values).map(([name, value]) => [name, String(value ?? '')]);
  return {
    values: withDateParts(Object.fromEntries(shown)),
    errors: {},
    key: randomUUID(),
    input: undefined,
  };
}

/** The same form with a message at a field that only the database or another rule could give. */
export function withError<Input>(form: Form<Input>, field: string, message: string): Form<Input> {
  return { ...form, errors: { ...form.errors, [field]: message }, input: undefined };
}

export function parseBody<Schema extends FormSchema>(
  schema: Schema,
  body: unknown,
): Form<z.output<Schema>> {
  const { key, ...values } = typedText(body);
  if (key === undefined || !z.uuid().safeParse(key).success) throw badRequest('no idempotency key');
  return { ...parse(schema, values), key };
}

export function parseQuery<Schema extends FormSchema>(
  schema: Schema,
  query: unknown,
): Form<z.output<Schema>> {
  return { ...parse(schema, typedText(query)), key: randomUUID() };
}

function parse<Schema extends FormSchema>(schema: Schema, values: Record<string, string>) {
  const result = schema.safeParse(withWholeDates(values));
  if (result.success) return { values, errors: {}, input: result.data };
  if (result.error.issues.some((issue) => issue.code === 'unrecognized_keys'))
    throw badRequest('unknown field');
  return { values, errors: firstErrorByField(result.error), input: undefined };
}

/** Every field as text. Repeated fields, NUL bytes and broken Unicode are no form of ours. */
function typedText(source: unknown): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(source ?? {})) {
    if (typeof value !== 'string') throw badRequest(`field ${name}`);
    if (!value.isWellFormed() || value.includes('\0') || name.includes('\0'))
      throw badRequest(`field ${name}`);
    values[name] = value.trim();
  }
  return values;
}

/** Joins the three boxes of a date (`birthDateDay`, `…Month`, `…Year`) into `birthDate`: '2025-08-07', or '' when all are empty. */
function withWholeDates(values: Record<string, string>): Record<string, string> {
  const whole: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = /^(\w+)(Day|Month|Year)$/.exec(name)?.[1];
    const [day, month, year] = [
      values[`${field}Day`],
      values[`${field}Month`],
      values[`${field}Year`],
    ];
    if (field === undefined || day === undefined || month === undefined || year === undefined) {
      whole[name] = value;
    } else {
      whole[field] =
        day + month + year === ''
          ? ''
          : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    }
  }
  return whole;
}

function withDateParts(values: Record<string, string>): Record<string, string> {
  const parts: Record<string, string> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
    if (year && month && day) {
      parts[`${name}Year`] = year;
      parts[`${name}Month`] = String(Number(month));
      parts[`${name}Day`] = String(Number(day));
    }
  }
  return parts;
}

function firstErrorByField(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[issue.path.join('.')] ??= issue.message;
  return errors;
}
