import { get } from '#src/http/routes.ts';
import { signed } from '#src/list-office.ts';
import { reportQuery } from '#src/reports/form.ts';
import { coverageFiles } from '#src/training-coverage/list-file.ts';
import { coveragePage } from '#src/training-coverage/pages.ts';

export const trainingCoverageRoutes = [
  get('/laporan/pelatihan', 'report:read', reportQuery, coveragePage),
  get('/laporan/pelatihan.xlsx', 'report:read', reportQuery, coverageFiles.workbook),
  get('/laporan/pelatihan.pdf', 'report:read', reportQuery.extend(signed), coverageFiles.pdf),
];
