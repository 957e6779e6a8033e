import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { actorOf } from '#src/http/request.ts';
import { statusBadges } from '#src/trainings/rules.ts';
import { listedTrainings } from '#src/trainings/lists.ts';

export async function trainingList(req: Request, res: Response) {
  const [rows] = await readAs(actorOf(req), listedTrainings());
  res.renderPage('trainings/list', {
    rows: rows.map((row) => ({ ...row, badge: statusBadges[row.status] })),
  });
}
