import { completenessFilter, reminderQuery } from '#src/completeness/form.ts';
import { completenessPage, completenessWorkbook } from '#src/completeness/pages.ts';
import { reminderPage } from '#src/completeness/reminder-page.ts';
import { get } from '#src/http/routes.ts';

export const completenessRoutes = [
  get('/kelengkapan', 'institution:read', completenessFilter, completenessPage),
  get('/kelengkapan.xlsx', 'institution:read', completenessFilter, completenessWorkbook),
  get('/lembaga/:id/pengingat', 'institution:remind', reminderQuery, reminderPage),
];
