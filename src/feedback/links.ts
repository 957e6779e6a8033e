import { z } from 'zod';
import type { Actor } from '#src/access.ts';
import { asActor, readAs, statement } from '#src/database.ts';
import type { FeedbackInput } from '#src/feedback/form.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';

/** What a private link asks and takes in of feedback, through functions of the database and nothing else. */

const states = ['open', 'given', 'absent', 'closed'] as const;

const feedbackOfLink = statement<[hash: Uint8Array]>()(
  'feedback_of_link',
  z.strictObject({ title: z.string(), organiserName: z.string(), state: z.enum(states) }),
  `SELECT title, organiser_name AS "organiserName", state FROM feedback_of_link($1)`,
);

export async function findFeedback(actor: Actor, token: string) {
  const [[found]] = await readAs(actor, feedbackOfLink(Buffer.from(hashOfToken(token))));
  return found ?? null;
}
export type LinkedFeedback = NonNullable<Awaited<ReturnType<typeof findFeedback>>>;

/** 'saved', or why not. */
export async function giveFeedback(actor: Actor, token: string, input: FeedbackInput) {
  const [row] = await asActor(
    actor,
    (tx) => tx.$queryRaw<{ outcome: 'saved' | 'unknown' | LinkedFeedback['state'] }[]>`
      SELECT give_feedback(${hashOfToken(token)}, ${input.usefulness}::int, ${input.speakers}::int,
        ${input.organisation}::int, ${input.comment ?? ''}) AS outcome`,
  );
  return row?.outcome ?? 'unknown';
}
