import { get, post } from '#src/http/routes.ts';
import { editPage, updateRule } from '#src/institution-rules/edit-pages.ts';
import { ruleForm, violationFilter, violationPdfFilter } from '#src/institution-rules/form.ts';
import { settingsPage, typePage } from '#src/institution-rules/pages.ts';
import { violationFiles } from '#src/institution-rules/violation-file.ts';
import { violationList } from '#src/institution-rules/violation-pages.ts';

export const institutionRuleRoutes = [
  get('/pengaturan', 'settings:manage', settingsPage),
  get('/pengaturan/jenis/:id', 'settings:manage', typePage),
  get('/pengaturan/aturan/:id', 'settings:manage', editPage),
  post('/pengaturan/aturan/:id', 'settings:manage', ruleForm, updateRule),
  get('/pengaturan/pelanggaran', 'violation:read', violationFilter, violationList),
  get('/pengaturan/pelanggaran.xlsx', 'violation:read', violationFilter, violationFiles.workbook),
  get('/pengaturan/pelanggaran.pdf', 'violation:read', violationPdfFilter, violationFiles.pdf),
];
