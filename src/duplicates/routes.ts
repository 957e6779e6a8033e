import { get, post } from '#src/http/routes.ts';
import {
  comparisonQuery,
  listPdfQuery,
  listQuery,
  mergeForm,
  pairForm,
} from '#src/duplicates/form.ts';
import { comparePage } from '#src/duplicates/comparison-pages.ts';
import { merge } from '#src/duplicates/merge-pages.ts';
import { duplicateFiles } from '#src/duplicates/list-file.ts';
import { duplicateList, tellApart, withdrawVerdict } from '#src/duplicates/pages.ts';
import { separate, separationPage } from '#src/duplicates/separation-pages.ts';
import { emptyInput } from '#src/http/forms.ts';

export const duplicateRoutes = [
  get('/orang/ganda', 'duplicate:read', listQuery, duplicateList),
  get('/orang/ganda.xlsx', 'duplicate:read', listQuery, duplicateFiles.workbook),
  get('/orang/ganda.pdf', 'duplicate:read', listPdfQuery, duplicateFiles.pdf),
  get('/orang/:id/perbandingan', 'person:merge', comparisonQuery, comparePage),
  post('/orang/:id/penggabungan', 'person:merge', mergeForm, merge),
  post('/orang/:id/perbedaan', 'person:merge', pairForm, tellApart),
  post('/orang/:id/perbedaan/pencabutan', 'person:merge', pairForm, withdrawVerdict),
  get('/orang/:id/pemisahan', 'person:merge', separationPage),
  post('/orang/:id/pemisahan', 'person:merge', emptyInput, separate),
];
