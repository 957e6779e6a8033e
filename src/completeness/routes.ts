import {
  completenessFilter,
  completenessPdfFilter,
  reminderQuery,
} from '#src/completeness/form.ts';
import { completenessFiles } from '#src/completeness/list-file.ts';
import { completenessPage } from '#src/completeness/pages.ts';
import { reminderPage } from '#src/completeness/reminder-page.ts';
import { get } from '#src/http/routes.ts';

export const completenessRoutes = [
  get('/kelengkapan', 'institution:read', completenessFilter, completenessPage),
  get('/kelengkapan.xlsx', 'institution:read', completenessFilter, completenessFiles.workbook),
  get('/kelengkapan.pdf', 'institution:read', completenessPdfFilter, completenessFiles.pdf),
  get('/lembaga/:id/pengingat', 'institution:remind', reminderQuery, reminderPage),
];
