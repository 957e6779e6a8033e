import { z } from 'zod';
import { statement } from '#src/database.ts';
import { type Aspect, aspects, fewestShown } from '#src/feedback/rules.ts';

/** What the summary reads: counts, and of five answers or more also what they say. */

export const feedbackCounts = statement<[trainingId: number]>()(
  'feedback_counts',
  z.strictObject({ attended: z.number(), given: z.number() }),
  `SELECT (SELECT count(*)::int FROM training_standings v WHERE v.training_id = $1 AND v.attended > 0) AS attended,
     (SELECT count(*)::int FROM training_feedback f WHERE f.training_id = $1) AS given`,
);

const gradesRow = z.strictObject({
  aspect: z.enum(Object.keys(aspects) as [Aspect, ...Aspect[]]),
  average: z.number(),
  counts: z.array(z.number()),
});
export type GradesOfAspect = z.output<typeof gradesRow>;

/** How often each grade was given, from 5 down to 1. */
export const feedbackGrades = statement<[trainingId: number]>()(
  'feedback_grades',
  gradesRow,
  `SELECT v.aspect, avg(v.grade)::float8 AS average,
     ARRAY[count(*) FILTER (WHERE v.grade = 5)::int, count(*) FILTER (WHERE v.grade = 4)::int, count(*) FILTER (WHERE v.grade = 3)::int,
       count(*) FILTER (WHERE v.grade = 2)::int, count(*) FILTER (WHERE v.grade = 1)::int] AS counts
   FROM training_feedback f
   CROSS JOIN LATERAL (VALUES ('usefulness', f.usefulness), ('speakers', f.speakers), ('organisation', f.organisation)) AS v (aspect, grade)
   WHERE f.training_id = $1 GROUP BY v.aspect HAVING count(*) >= ${fewestShown}`,
);

/** In the order of the alphabet, which says nothing of who wrote when. */
export const feedbackComments = statement<[trainingId: number]>()(
  'feedback_comments',
  z.strictObject({ comment: z.string() }),
  `SELECT f.comment FROM training_feedback f
   WHERE f.training_id = $1 AND f.comment <> ''
     AND (SELECT count(*) FROM training_feedback g WHERE g.training_id = $1) >= ${fewestShown}
   ORDER BY lower(f.comment), f.comment LIMIT 500`,
);
