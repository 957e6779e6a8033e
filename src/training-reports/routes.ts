import { get, post } from '#src/http/routes.ts';
import { reportTextsForm } from '#src/training-reports/form.ts';
import {
  trainingReportPage,
  trainingReportPdf,
  trainingReportWord,
  writeTrainingReport,
} from '#src/training-reports/pages.ts';

export const trainingReportRoutes = [
  get('/pelatihan/:id/laporan', 'report:read', trainingReportPage),
  post('/pelatihan/:id/laporan', 'training:write', reportTextsForm, writeTrainingReport),
  get('/pelatihan/:id/laporan.pdf', 'report:read', trainingReportPdf),
  get('/pelatihan/:id/laporan.docx', 'report:read', trainingReportWord),
];
