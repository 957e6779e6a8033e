import { withError, type Form } from '#src/http/forms.ts';
import { limiter, secondsToWait } from '#src/rate-limits.ts';

/** A board of twenty takes sixty; whoever tries names to learn who lives where, and when they were born, needs more. */
const lookups = limiter('lookup', 100, 60 * 60);

/** Counts one look for likely people by an account; when it has had its share the field says when to go on. */
export async function withinLookups<Input>(
  accountId: number,
  { form, field }: { form: Form<Input>; field: string },
): Promise<Form<Input>> {
  if (!form.input) return form;
  const seconds = await secondsToWait(lookups, accountId);
  if (seconds === null) return form;
  const minutes = Math.ceil(seconds / 60);
  return withError(
    form,
    field,
    `Terlalu banyak nama diperiksa dalam satu jam. Coba lagi dalam ${minutes} menit`,
  );
}
