import { get } from '#src/http/routes.ts';
import { rosterQuery } from '#src/officers/form.ts';
import { officerRoster, officerWorkbook } from '#src/officers/pages.ts';

export const officerRoutes = [
  get('/lembaga/:id/pengurus', 'institution:read', rosterQuery, officerRoster),
  get('/lembaga/:id/pengurus.xlsx', 'institution:read', rosterQuery, officerWorkbook),
];
