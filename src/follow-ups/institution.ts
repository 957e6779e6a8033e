import { z } from 'zod';
import { statement } from '#src/database.ts';
import * as format from '#src/format.ts';
import { followUpStatuses, lateness, statusBadges } from '#src/follow-ups/rules.ts';

/** What the page of an institution tells of the dialogues: what its officers said, asked for and promised. */

const promiseRow = z.strictObject({
  id: z.number(),
  text: z.string(),
  ownerName: z.string(),
  dueOn: z.string(),
  status: z.enum(followUpStatuses),
  isPromised: z.boolean(),
  total: z.number(),
});
type PromiseRow = z.output<typeof promiseRow>;

/** Asked for or promised by the institution: what is pending first, then the latest. */
export const institutionFollowUps = statement<[institution: number]>()(
  'institution_follow_ups',
  promiseRow,
  `SELECT f.id, f.text, f.owner_name AS "ownerName", f.due_on AS "dueOn", f.status,
     f.owner_institution_id IS NOT DISTINCT FROM $1 AS "isPromised", count(*) OVER ()::int AS total
   FROM follow_ups f WHERE f.institution_id = $1 OR f.owner_institution_id = $1
   ORDER BY f.status = 'confirmed', f.due_on, f.id LIMIT 5`,
);

const dialogueRow = z.strictObject({
  trainingId: z.number(),
  title: z.string(),
  notes: z.number(),
});
type DialogueRow = z.output<typeof dialogueRow>;

/** In which trainings its officers had something to say. */
export const institutionDialogues = statement<[institution: number]>()(
  'institution_dialogues',
  dialogueRow,
  `SELECT t.id AS "trainingId", t.title, count(*)::int AS notes
   FROM dialogue_notes n JOIN trainings t ON t.id = n.training_id
   WHERE n.institution_id = $1 GROUP BY t.id ORDER BY max(n.created_at) DESC LIMIT 5`,
);

export const institutionCard = (
  promises: PromiseRow[],
  dialogues: DialogueRow[],
  today: string,
) => ({
  total: promises[0]?.total ?? 0,
  promises: promises.map((row) => {
    const late = lateness(row, today);
    return {
      title: row.text,
      note: `${row.isPromised ? 'Dikerjakan lembaga ini' : row.ownerName}, tenggat ${format.date(row.dueOn)}`,
      href: `/tindak-lanjut/${row.id}`,
      badge: late === null ? statusBadges[row.status] : { label: late, tone: 'bad' as const },
    };
  }),
  dialogues: dialogues.map(({ trainingId, title, notes }) => ({
    label: title,
    value: `${format.number(notes)} catatan`,
    href: `/pelatihan/${trainingId}/dialog`,
  })),
});
