import { get, post, postFile } from '#src/http/routes.ts';
import {
  mappingForm,
  previewQuery,
  suggestionForm,
  templateQuery,
  uploadForm,
  versionForm,
} from '#src/imports/form.ts';
import { acceptSuggestion, mappingPage, resume, saveMapping } from '#src/imports/mapping-pages.ts';
import { importList, templateWorkbook, uploadFile } from '#src/imports/pages.ts';
import { importPage } from '#src/imports/preview.ts';

export const importRoutes = [
  get('/impor', 'import:read', importList),
  postFile('/impor', 'import:write', uploadForm, uploadFile),
  get('/impor/templat.xlsx', 'import:write', templateQuery, templateWorkbook),
  get('/impor/:id', 'import:read', previewQuery, importPage),
  get('/impor/:id/kolom', 'import:write', mappingPage),
  post('/impor/:id/kolom', 'import:write', mappingForm, saveMapping),
  post('/impor/:id/saran', 'import:write', suggestionForm, acceptSuggestion),
  post('/impor/:id/lanjutan', 'import:write', versionForm, resume),
];
