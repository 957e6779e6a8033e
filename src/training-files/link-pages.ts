import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import { idFrom, requestIdOf } from '#src/http/request.ts';
import { keepPrivate, openLink, renderUnknown } from '#src/invitations/link-pages.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';
import { downloadName } from '#src/training-files/rules.ts';
import { sendBytes } from '#src/training-files/scene.ts';
import { materialOfLink } from '#src/training-files/statements.ts';

/** A shared material by the private link of an invitee, who does not sign in. */
export async function downloadByLink(req: Request, res: Response) {
  if (!(await openLink(req))) return renderUnknown(res);
  const [[file]] = await readAs(
    publicActor(requestIdOf(req)),
    materialOfLink(Buffer.from(hashOfToken(String(req.params.token))), idFrom(req, 'fileId')),
  );
  if (!file) return renderUnknown(res);
  keepPrivate(res);
  res.attachment(downloadName(file));
  sendBytes(res, file);
}
