import { z } from 'zod';
import { statement } from '#src/database.ts';
import { noteKinds } from '#src/dialogue/rules.ts';
import { followUpStatuses } from '#src/follow-ups/rules.ts';
import { type Pillar, pillars } from '#src/trainings/rules.ts';

const noteRow = z.strictObject({
  id: z.number(),
  kind: z.enum(noteKinds),
  askerName: z.string(),
  positionName: z.string().nullable(),
  institutionId: z.number().nullable(),
  institutionName: z.string(),
  kelurahanName: z.string().nullable(),
  sessionTopic: z.string().nullable(),
  text: z.string(),
  answer: z.string(),
  answeredByName: z.string(),
  pillar: z.enum(Object.keys(pillars) as [Pillar, ...Pillar[]]).nullable(),
  followUps: z.array(
    z.strictObject({
      id: z.number(),
      text: z.string(),
      ownerName: z.string(),
      dueOn: z.string(),
      status: z.enum(followUpStatuses),
    }),
  ),
  total: z.number(),
});
export type NoteRow = z.output<typeof noteRow>;

/** What was said in a training, in the order it was written down; officers see what their own institution said. */
export const dialogueNotes = statement<
  [trainingId: number, kind: string | null, pillar: string | null, limit: number, offset: number]
>()(
  'dialogue_notes_of',
  noteRow,
  `SELECT n.id, n.kind, n.asker_name AS "askerName", i.position_name AS "positionName",
     n.institution_id AS "institutionId", n.institution_name AS "institutionName", k.name AS "kelurahanName",
     s.topic AS "sessionTopic", n.text, n.answer, n.answered_by_name AS "answeredByName", n.pillar,
     COALESCE((SELECT json_agg(json_build_object('id', f.id, 'text', f.text, 'ownerName', f.owner_name, 'dueOn', f.due_on,
       'status', f.status) ORDER BY f.id) FROM follow_ups f WHERE f.note_id = n.id), '[]') AS "followUps",
     count(*) OVER ()::int AS total
   FROM dialogue_notes n
   LEFT JOIN training_invitations i ON i.id = n.invitation_id
   LEFT JOIN training_sessions s ON s.id = n.session_id
   LEFT JOIN kelurahan k ON k.id = n.kelurahan_id
   WHERE n.training_id = $1 AND ($2::text IS NULL OR n.kind = $2) AND ($3::text IS NULL OR n.pillar = $3)
   ORDER BY n.id LIMIT $4 OFFSET $5`,
);

/** More than anybody says on a day. */
const notesAtMost = 1000;

export const wholeDialogue = (trainingId: number) =>
  dialogueNotes(trainingId, null, null, notesAtMost, 0);
