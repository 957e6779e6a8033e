import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { actorOf, idFrom } from '#src/http/request.ts';
import { getType, listRules, listTypes } from '#src/institution-rules/repository.ts';
import { severityBadges } from '#src/institution-rules/rules.ts';

export async function settingsPage(req: Request, res: Response) {
  const types = await asActor(actorOf(req), listTypes);
  res.renderPage('institution-rules/settings', { types });
}

export async function typePage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => {
    const type = await getType(tx, idFrom(req));
    return { type, rules: await listRules(tx, type.id) };
  });
  res.renderPage('institution-rules/type', { ...model, severityBadges });
}
