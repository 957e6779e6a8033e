import { get } from '#src/http/routes.ts';
import { reportQuery } from '#src/reports/form.ts';
import { reportPage, reportWorkbook } from '#src/reports/pages.ts';

export const reportRoutes = [
  get('/laporan', 'report:read', reportQuery, reportPage),
  get('/laporan.xlsx', 'report:read', reportQuery, reportWorkbook),
];
