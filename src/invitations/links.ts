import { z } from 'zod';
import { asActor, readAs, statement } from '#src/database.ts';
import type { Actor } from '#src/access.ts';
import type { AnswerInput } from '#src/invitations/form.ts';
import { moveRow } from '#src/invitations/moves.ts';
import { answers } from '#src/invitations/rules.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';
import { trainingStatuses } from '#src/trainings/rules.ts';

/** What a private link reads and writes, through functions of the database that know its hash and nothing else. */

const linkRow = z.strictObject({
  trainingId: z.number(),
  name: z.string(),
  positionName: z.string(),
  institutionName: z.string(),
  answer: z.enum(answers).nullable(),
  answerNote: z.string().nullable(),
  delegateName: z.string().nullable(),
  answeredAt: z.date().nullable(),
  title: z.string(),
  aims: z.string(),
  organiserName: z.string(),
  status: z.enum(trainingStatuses),
  cancelReason: z.string().nullable(),
  version: z.number(),
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  changedAt: z.date().nullable(),
});
export type LinkedInvitation = z.output<typeof linkRow>;

const invitationOfLink = statement<[hash: Uint8Array]>()(
  'invitation_of_link',
  linkRow,
  `SELECT training_id AS "trainingId", name, position_name AS "positionName", institution_name AS "institutionName", answer,
     answer_note AS "answerNote", delegate_name AS "delegateName", answered_at AS "answeredAt", title, aims,
     organiser_name AS "organiserName", status, cancel_reason AS "cancelReason", version, starts_at AS "startsAt", ends_at AS "endsAt",
     link_changed_at($1) AS "changedAt"
   FROM invitation_of_link($1)`,
);

const sessionRow = z.strictObject({
  id: z.number(),
  startsAt: z.date(),
  endsAt: z.date(),
  venue: z.string(),
  topic: z.string(),
  speakers: z.string(),
  version: z.number(),
});
export type LinkedSession = z.output<typeof sessionRow>;

const sessionsOfLink = statement<[hash: Uint8Array]>()(
  'sessions_of_link',
  sessionRow,
  `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt", venue, topic, speakers, version FROM sessions_of_link($1)`,
);

const movesOfLink = statement<[hash: Uint8Array]>()(
  'moves_of_link',
  moveRow,
  `SELECT session_id AS "sessionId", until, starts_at AS "startsAt", ends_at AS "endsAt", venue FROM moves_of_link($1)`,
);

export async function findByLink(actor: Actor, token: string) {
  const hash = Buffer.from(hashOfToken(token));
  const [[invitation], sessions, moves] = await readAs(
    actor,
    invitationOfLink(hash),
    sessionsOfLink(hash),
    movesOfLink(hash),
  );
  return invitation ? { invitation, sessions, moves } : null;
}

/** False when it is too late. */
export async function answerByLink(actor: Actor, token: string, input: AnswerInput) {
  const [row] = await asActor(
    actor,
    (tx) => tx.$queryRaw<{ saved: boolean }[]>`
      SELECT answer_by_link(${hashOfToken(token)}, ${input.answer}, ${input.note}, ${input.delegateName},
        ${input.delegatePhone}) AS saved`,
  );
  return row?.saved === true;
}
