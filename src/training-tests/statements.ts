import { z } from 'zod';
import { statement } from '#src/database.ts';
import { testStates } from '#src/training-tests/rules.ts';

/** What staff read of the tests of a training. */

const summaryRow = z.strictObject({
  openedAt: z.date().nullable(),
  preState: z.enum(testStates),
  postState: z.enum(testStates),
  preCount: z.number(),
  postCount: z.number(),
  preShare: z.number().nullable(),
  postShare: z.number().nullable(),
  gain: z.number().nullable(),
});
export type TestSummary = z.output<typeof summaryRow>;

/** How far it is, and the mean grades; the gain is that of whoever took both. */
export const testSummary = statement<[trainingId: number]>()(
  'training_test_summary',
  summaryRow,
  `WITH graded AS (SELECT invitation_id, phase, 100.0 * score / cardinality(question_ids) AS grade FROM test_results WHERE training_id = $1)
   SELECT t.test_opened_at AS "openedAt", test_state(t.id, 'pre') AS "preState", test_state(t.id, 'post') AS "postState",
     (SELECT count(*)::int FROM graded WHERE phase = 'pre') AS "preCount",
     (SELECT count(*)::int FROM graded WHERE phase = 'post') AS "postCount",
     (SELECT round(avg(grade))::int FROM graded WHERE phase = 'pre') AS "preShare",
     (SELECT round(avg(grade))::int FROM graded WHERE phase = 'post') AS "postShare",
     (SELECT round(avg(b.grade - a.grade))::int FROM graded a JOIN graded b USING (invitation_id)
      WHERE a.phase = 'pre' AND b.phase = 'post') AS gain
   FROM trainings t WHERE t.id = $1`,
);

const questionRow = z.strictObject({
  id: z.number(),
  number: z.number(),
  text: z.string(),
  choices: z.array(z.string()),
  correct: z.number(),
  version: z.number(),
  preShare: z.number().nullable(),
  postShare: z.number().nullable(),
});
export type TestQuestion = z.output<typeof questionRow>;

/** The questions with how many in a hundred answered each rightly. */
export const testQuestions = statement<[trainingId: number]>()(
  'training_test_questions',
  questionRow,
  `SELECT q.id, q.number::int, q.text, q.choices, q.correct::int, q.version,
     round(100.0 * avg(CASE WHEN r.phase = 'pre' THEN (r.answers[array_position(r.question_ids, q.id)] = q.correct)::int END))::int AS "preShare",
     round(100.0 * avg(CASE WHEN r.phase = 'post' THEN (r.answers[array_position(r.question_ids, q.id)] = q.correct)::int END))::int AS "postShare"
   FROM training_questions q LEFT JOIN test_results r ON r.training_id = q.training_id
   WHERE q.training_id = $1 GROUP BY q.id ORDER BY q.number`,
);

const scoreRow = z.strictObject({
  number: z.number(),
  id: z.number(),
  name: z.string(),
  sex: z.enum(['L', 'P']).nullable(),
  positionName: z.string(),
  institutionName: z.string(),
  kelurahanName: z.string(),
  preScore: z.number().nullable(),
  preMeans: z.enum(['phone', 'paper']).nullable(),
  postScore: z.number().nullable(),
  postMeans: z.enum(['phone', 'paper']).nullable(),
  total: z.number(),
});
export type ScoreRow = z.output<typeof scoreRow>;

/** Everybody on the list with what they reached, in the order of their names. */
export const testScores = statement<[trainingId: number, limit: number, offset: number]>()(
  'training_test_scores',
  scoreRow,
  `SELECT row_number() OVER (ORDER BY i.sort_name, i.id)::int AS number, i.id, i.name, i.sex, i.position_name AS "positionName",
     i.institution_name AS "institutionName", i.kelurahan_name AS "kelurahanName", a.score::int AS "preScore", a.means AS "preMeans",
     b.score::int AS "postScore", b.means AS "postMeans", count(*) OVER ()::int AS total
   FROM training_invitations i
   LEFT JOIN test_results a ON a.invitation_id = i.id AND a.phase = 'pre'
   LEFT JOIN test_results b ON b.invitation_id = i.id AND b.phase = 'post'
   WHERE i.training_id = $1 AND NOT i.is_twin
   ORDER BY i.sort_name, i.id LIMIT $2 OFFSET $3`,
);
