import type { Transaction } from '#src/database.ts';
import { placeInWords } from '#src/dialogue/rules.ts';
import type { NoteInput } from '#src/dialogue/form.ts';
import { escapeLike } from '#src/queries.ts';

/** Who said it, as it is kept with the note. */
export type Asker = {
  invitationId: number | null;
  institutionId: number | null;
  kelurahanId: number;
  askerName: string;
  institutionName: string;
};
type Refusal = { field: 'invitee' | 'institution' | 'kelurahan'; message: string };
type Place = { id: number; name: string };

const offeredAtMost = 300;

/** Invitees and institutions to choose from: those that the search finds, and whoever is chosen already. */
export async function offeredAskers(
  tx: Transaction,
  training: { id: number; kelurahanIds: number[] },
  values: Record<string, string>,
) {
  const pattern = patternOf(values.search);
  const invitees = await tx.$queryRaw<
    { id: number; name: string; positionName: string; institutionName: string }[]
  >`
    SELECT id, name, position_name AS "positionName", institution_name AS "institutionName" FROM training_invitations
    WHERE training_id = ${training.id} AND (${pattern}::text IS NULL OR id = ${idIn(values.invitee)}
      OR name ILIKE ${pattern} OR institution_name ILIKE ${pattern})
    ORDER BY sort_name, id LIMIT ${offeredAtMost}`;
  return {
    invitees: invitees.map(({ id, ...invitee }) => ({
      value: id,
      label: placeInWords([invitee.name, invitee.positionName, invitee.institutionName]),
    })),
    institutions: await offeredInstitutions(tx, training, values),
  };
}

/** The institutions that were invited, or that the search finds among those whom the training reaches. */
export async function offeredInstitutions(
  tx: Transaction,
  training: { id: number; kelurahanIds: number[] },
  values: Record<string, string>,
) {
  const pattern = patternOf(values.search);
  const institutions = await tx.$queryRaw<{ id: number; name: string; kelurahanName: string }[]>`
    SELECT i.id, i.name::text, k.name AS "kelurahanName" FROM institutions i JOIN kelurahan k ON k.id = i.kelurahan_id
    WHERE i.kelurahan_id = ANY (${training.kelurahanIds}) AND (i.id = ${idIn(values.institution)}
      OR ${pattern}::text IS NULL AND i.id IN (
        SELECT institution_id FROM training_invitations WHERE training_id = ${training.id})
      OR i.name ILIKE ${pattern})
    ORDER BY i.name, k.name, i.id LIMIT ${offeredAtMost}`;
  return institutions.map(({ id, name, kelurahanName }) => ({
    value: id,
    label: training.kelurahanIds.length > 1 ? `${name}, ${kelurahanName}` : name,
  }));
}

/** The asker that a form names, or what is wrong with it; `places` are the kelurahan that the reader sees. */
export async function askerOf(
  tx: Transaction,
  training: { id: number; kelurahanIds: number[] },
  { input, places }: { input: NoteInput; places: Place[] },
): Promise<Asker | Refusal> {
  if (input.invitee !== null) return invitedAsker(tx, training, { input, places });
  const named = {
    invitationId: null,
    askerName: input.askerName ?? '',
    institutionId: null,
    institutionName: '',
  };
  if (input.institution === null) return placed(named, { input, places });
  const institution = await tx.institution.findFirst({
    where: { id: input.institution, kelurahanId: { in: training.kelurahanIds } },
    select: { id: true, name: true, kelurahanId: true },
  });
  if (!institution) return { field: 'institution', message: 'Pilih lembaga dari daftar' };
  return {
    ...named,
    institutionId: institution.id,
    institutionName: institution.name,
    kelurahanId: institution.kelurahanId,
  };
}

async function invitedAsker(
  tx: Transaction,
  training: { id: number },
  { input, places }: { input: NoteInput; places: Place[] },
): Promise<Asker | Refusal> {
  const invitation = await tx.trainingInvitation.findFirst({
    where: { id: input.invitee ?? 0, trainingId: training.id },
    select: { id: true, name: true, kelurahanId: true, institutionId: true, institutionName: true },
  });
  if (!invitation) return { field: 'invitee', message: 'Pilih penanya dari daftar' };
  const { id, name, kelurahanId, ...rest } = invitation;
  const asker = { invitationId: id, askerName: name, ...rest };
  return kelurahanId === null ? placed(asker, { input, places }) : { ...asker, kelurahanId };
}

/** Somebody of no institution speaks about a kelurahan: the only one, or the one that was chosen. */
function placed(
  asker: Omit<Asker, 'kelurahanId'>,
  { input, places }: { input: NoteInput; places: Place[] },
): Asker | Refusal {
  const [only] = places;
  const place = places.length === 1 ? only : places.find(({ id }) => id === input.kelurahan);
  return place
    ? { ...asker, kelurahanId: place.id }
    : { field: 'kelurahan', message: 'Pilih kelurahan yang dibicarakan' };
}

const patternOf = (search: string | undefined) => (search ? `%${escapeLike(search)}%` : null);

const idIn = (text: string | undefined) => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0);
