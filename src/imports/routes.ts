import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';
import { upload } from '#src/http/uploads.ts';
import {
  listPdfQuery,
  mappingForm,
  previewQuery,
  refusalForm,
  suggestionForm,
  templateQuery,
  uploadForm,
  versionForm,
} from '#src/imports/form.ts';
import { applyImport } from '#src/imports/apply-pages.ts';
import {
  approveImport,
  decisionPage,
  refusalPage,
  refuseImport,
} from '#src/imports/decision-pages.ts';
import { resume } from '#src/imports/resumption-pages.ts';
import { importFiles } from '#src/imports/list-file.ts';
import { acceptSuggestion, mappingPage, saveMapping } from '#src/imports/mapping-pages.ts';
import { importList, templateWorkbook, uploadFile } from '#src/imports/pages.ts';
import { remarksWorkbook } from '#src/imports/remarks.ts';
import { withdrawalPage, withdrawImport } from '#src/imports/withdrawal-pages.ts';
import { importPage } from '#src/imports/preview.ts';

const workbook = {
  field: 'file',
  maxBytes: 5 * 1024 * 1024,
  missing: 'Pilih berkas Excel (.xlsx) yang akan diunggah',
};

export const importRoutes = [
  get('/impor', 'import:read', importList),
  get('/impor.xlsx', 'import:read', emptyInput, importFiles.workbook),
  get('/impor.pdf', 'import:read', listPdfQuery, importFiles.pdf),
  upload('/impor', 'import:write', uploadForm, workbook, uploadFile),
  get('/impor/templat.xlsx', 'import:write', templateQuery, templateWorkbook),
  get('/impor/:id', 'import:read', previewQuery, importPage),
  get('/impor/:id/kolom', 'import:write', mappingPage),
  post('/impor/:id/kolom', 'import:write', mappingForm, saveMapping),
  post('/impor/:id/saran', 'import:write', suggestionForm, acceptSuggestion),
  post('/impor/:id/penerapan', 'import:write', versionForm, applyImport),
  get('/impor/:id/persetujuan', 'roster-change:decide', decisionPage),
  post('/impor/:id/persetujuan', 'roster-change:decide', versionForm, approveImport),
  get('/impor/:id/penolakan', 'roster-change:decide', refusalPage),
  post('/impor/:id/penolakan', 'roster-change:decide', refusalForm, refuseImport),
  get('/impor/:id/penarikan', 'import:write', withdrawalPage),
  post('/impor/:id/penarikan', 'import:write', versionForm, withdrawImport),
  get('/impor/:id/catatan.xlsx', 'import:write', remarksWorkbook),
  post('/impor/:id/lanjutan', 'import:read', versionForm, resume),
];
