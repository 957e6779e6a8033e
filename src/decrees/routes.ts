import { get, post } from '#src/http/routes.ts';
import { upload } from '#src/http/uploads.ts';
import {
  decreePdfQuery,
  decreeQuery,
  numberingForm,
  revocationForm,
  scanForm,
  templateForm,
} from '#src/decrees/form.ts';
import { decreeFiles } from '#src/decrees/list-file.ts';
import { decreeList } from '#src/decrees/list-page.ts';
import {
  decreeDetail,
  decreePdf,
  decreeWord,
  proposedDecreePdf,
  proposedDecreeWord,
  revocationPage,
  revoke,
} from '#src/decrees/pages.ts';
import { downloadScan, uploadScan } from '#src/decrees/scan-pages.ts';
import { largestScan } from '#src/decrees/scans.ts';
import {
  numberingPage,
  saveNumbering,
  saveTemplate,
  templateList,
  templatePage,
} from '#src/decrees/setting-pages.ts';

const scan = {
  field: 'scan',
  maxBytes: largestScan,
  missing: 'Pilih pindaian atau foto SK yang sudah ditandatangani',
};

export const decreeRoutes = [
  get('/sk', 'decree:read', decreeQuery, decreeList),
  get('/sk.xlsx', 'decree:read', decreeQuery, decreeFiles.workbook),
  get('/sk.pdf', 'decree:read', decreePdfQuery, decreeFiles.pdf),
  get('/sk/penomoran', 'decree:write', numberingPage),
  post('/sk/penomoran', 'decree:write', numberingForm, saveNumbering),
  get('/sk/templat', 'decree-template:write', templateList),
  get('/sk/templat/:id', 'decree-template:write', templatePage),
  post('/sk/templat/:id', 'decree-template:write', templateForm, saveTemplate),
  // Before /sk/:id, which would take "12.pdf" for an id.
  get('/sk/:id.pdf', 'decree:write', decreePdf),
  get('/sk/:id.docx', 'decree:write', decreeWord),
  get('/sk/:id', 'decree:read', decreeDetail),
  get('/sk/:id/pindaian', 'decree:read', downloadScan),
  upload('/sk/:id/pindaian', 'decree:write', scanForm, scan, uploadScan),
  get('/sk/:id/pencabutan', 'decree:revoke', revocationPage),
  post('/sk/:id/pencabutan', 'decree:revoke', revocationForm, revoke),
  get('/usulan/:id/konsep-sk.pdf', 'decree:write', proposedDecreePdf),
  get('/usulan/:id/konsep-sk.docx', 'decree:write', proposedDecreeWord),
];
