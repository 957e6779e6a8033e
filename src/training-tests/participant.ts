import { z } from 'zod';
import type { Actor } from '#src/access.ts';
import { asActor, readAs, statement } from '#src/database.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';
import { type HandedIn, type Phase, testStates } from '#src/training-tests/rules.ts';

/** What a participant reads and hands in: by their private link, or signed in, by their own invitation to a training. */
export type Participant =
  { actor: Actor; token: string; trainingId?: undefined } | { actor: Actor; trainingId: number };

const aboutRow = z.strictObject({
  trainingId: z.number(),
  title: z.string(),
  name: z.string(),
  preState: z.enum(testStates),
  postState: z.enum(testStates),
  preScore: z.number().nullable(),
  postScore: z.number().nullable(),
  questionCount: z.number(),
});
export type AboutTests = z.output<typeof aboutRow>;

const aboutText = (link: string) =>
  `SELECT training_id AS "trainingId", title, name, pre_state AS "preState", post_state AS "postState",
     pre_score AS "preScore", post_score AS "postScore", question_count AS "questionCount" FROM test_of_link(${link})`;
const testOfLink = statement<[hash: Uint8Array]>()('test_of_link', aboutRow, aboutText('$1'));
const testOfOwn = statement<[trainingId: number]>()(
  'test_of_own',
  aboutRow,
  aboutText('own_test_link($1)'),
);

const questionRow = z.strictObject({
  id: z.number(),
  number: z.number(),
  text: z.string(),
  choices: z.array(z.string()),
});
export type AskedQuestion = z.output<typeof questionRow>;

const questionsText = (link: string) =>
  `SELECT id, number, text, choices FROM questions_of_link(${link}, $2)`;
const questionsOfLink = statement<[hash: Uint8Array, phase: Phase]>()(
  'test_questions_of_link',
  questionRow,
  questionsText('$1'),
);
const questionsOfOwn = statement<[trainingId: number, phase: Phase]>()(
  'test_questions_of_own',
  questionRow,
  questionsText('own_test_link($1)'),
);

/** Both tests as the participant sees them, and the questions of one while they may answer it; null without invitation. */
export async function readTests(participant: Participant, phase: Phase) {
  const { actor } = participant;
  const [[about], questions] =
    participant.trainingId === undefined
      ? await readAs(
          actor,
          testOfLink(Buffer.from(hashOfToken(participant.token))),
          questionsOfLink(Buffer.from(hashOfToken(participant.token)), phase),
        )
      : await readAs(
          actor,
          testOfOwn(participant.trainingId),
          questionsOfOwn(participant.trainingId, phase),
        );
  return about ? { about, questions } : null;
}

export async function handIn(
  participant: Participant,
  phase: Phase,
  { questions, answers }: { questions: number[]; answers: number[] },
): Promise<HandedIn> {
  const [row] = await asActor(participant.actor, (tx) =>
    participant.trainingId === undefined
      ? tx.$queryRaw<{ outcome: HandedIn }[]>`
          SELECT hand_in_by_link(${hashOfToken(participant.token)}, ${phase}, ${questions}::int[], ${answers}::smallint[]) AS outcome`
      : tx.$queryRaw<{ outcome: HandedIn }[]>`
          SELECT hand_in_by_link(own_test_link(${participant.trainingId}::int), ${phase}, ${questions}::int[],
            ${answers}::smallint[]) AS outcome`,
  );
  return row?.outcome ?? 'unknown';
}
