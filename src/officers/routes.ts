import { get, post } from '#src/http/routes.ts';
import { rosterNikForm, rosterPdfQuery, rosterQuery } from '#src/officers/form.ts';
import { officerRoster } from '#src/officers/pages.ts';
import { officerPdf } from '#src/officers/pdf-page.ts';
import {
  officerNikPage,
  officerNikWorkbook,
  officerWorkbook,
} from '#src/officers/workbook-pages.ts';

export const officerRoutes = [
  get('/lembaga/:id/pengurus', 'institution:read', rosterQuery, officerRoster),
  get('/lembaga/:id/pengurus.xlsx', 'institution:read', rosterQuery, officerWorkbook),
  get('/lembaga/:id/pengurus.pdf', 'institution:read', rosterPdfQuery, officerPdf),
  get('/lembaga/:id/pengurus/nik', 'nik:reveal', rosterQuery, officerNikPage),
  post('/lembaga/:id/pengurus/nik', 'nik:reveal', rosterNikForm, officerNikWorkbook),
];
