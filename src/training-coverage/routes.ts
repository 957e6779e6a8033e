import { get } from '#src/http/routes.ts';
import { reportQuery } from '#src/reports/form.ts';
import { coveragePage, coverageWorkbook } from '#src/training-coverage/pages.ts';

export const trainingCoverageRoutes = [
  get('/laporan/pelatihan', 'report:read', reportQuery, coveragePage),
  get('/laporan/pelatihan.xlsx', 'report:read', reportQuery, coverageWorkbook),
];
