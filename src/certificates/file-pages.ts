import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { recordExport } from '#src/exports.ts';
import { HttpError, notFound } from '#src/http/errors.ts';
import { actorOf, idFrom, requestIdOf } from '#src/http/request.ts';
import { certificateFile, fileNameOf } from '#src/certificates/file.ts';
import { findLinkedCertificate } from '#src/certificates/public.ts';
import { getCertificate } from '#src/certificates/repository.ts';
import { organised } from '#src/certificates/steering.ts';
import { keepPrivate, openLink, renderUnknown } from '#src/invitations/link-pages.ts';
import { sendPdf } from '#src/pdf/build.ts';

/** One person's, to whoever sees it; one that no longer holds is not printed any more. */
export async function certificatePdf(req: Request, res: Response) {
  const certificate = await asActor(actorOf(req), (tx) =>
    getCertificate(tx, { trainingId: idFrom(req), certificateId: idFrom(req, 'certificateId') }),
  );
  if (certificate.revocation || certificate.successor)
    throw new HttpError(409, 'revoked or replaced');
  sendPdf(res, fileNameOf(certificate.number), await certificateFile([certificate]));
}

/** All that hold, in the order of their numbers, in one file. */
export async function certificatesPdf(req: Request, res: Response) {
  const certificates = await asActor(actorOf(req), async (tx) => {
    const training = await organised(tx, req);
    const found = await tx.certificate.findMany({
      where: { trainingId: training.id, revocation: null },
      orderBy: { id: 'asc' },
    });
    const replaced = new Set(
      (
        await tx.certificate.findMany({
          where: { trainingId: training.id, supersedesId: { not: null } },
          select: { supersedesId: true },
        })
      ).map(({ supersedesId }) => supersedesId),
    );
    const held = found.filter(({ id }) => !replaced.has(id));
    const details = { format: 'pdf', filter: training.title, rows: held.length };
    await recordExport(tx, { table: 'certificates', details });
    return held;
  });
  if (certificates.length === 0) throw notFound();
  sendPdf(res, `sertifikat-pelatihan-${idFrom(req)}`, await certificateFile(certificates));
}

/** The holder's own, by the private link of the invitation. */
export async function linkedCertificatePdf(req: Request, res: Response) {
  if (!(await openLink(req))) return renderUnknown(res);
  const certificate = await findLinkedCertificate(
    publicActor(requestIdOf(req)),
    String(req.params.token),
  );
  if (!certificate) throw notFound();
  keepPrivate(res);
  sendPdf(res, fileNameOf(certificate.number), await certificateFile([certificate]));
}
