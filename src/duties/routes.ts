import {
  changeDuty,
  createLocalDuty,
  createTypeDuty,
  editDuty,
  newLocalDuty,
  newTypeDuty,
} from '#src/duties/edit-pages.ts';
import { endDuty, endDutyPage } from '#src/duties/end-pages.ts';
import {
  askedPdfQuery,
  askedQuery,
  confirmForm,
  dutyForm,
  endForm,
  newDutyForm,
  newDutyQuery,
  orderForm,
  paperForm,
  paperQuery,
  sharePdfQuery,
  shareQuery,
  voidForm,
} from '#src/duties/form.ts';
import { dutyAnnex, dutyCards, institutionDuties } from '#src/duties/institution-pages.ts';
import { askedFiles } from '#src/duties/list-file.ts';
import { askedOfficers } from '#src/duties/list-pages.ts';
import { confirmDuties, ownDuties } from '#src/duties/own-pages.ts';
import {
  confirmationPage,
  paperPage,
  recordPaper,
  voidPage,
  voidPaper,
} from '#src/duties/paper-pages.ts';
import { shareFiles } from '#src/duties/share-file.ts';
import { sharePage } from '#src/duties/share-pages.ts';
import { dutyHistory, dutyTypes, moveDuty, typeDuties } from '#src/duties/type-pages.ts';
import { get, post } from '#src/http/routes.ts';

export const dutyRoutes = [
  get('/tugas', 'report:read', dutyTypes),
  get('/tugas/konfirmasi', 'report:read', shareQuery, sharePage),
  get('/tugas/konfirmasi.xlsx', 'report:read', shareQuery, shareFiles.workbook),
  get('/tugas/konfirmasi.pdf', 'report:read', sharePdfQuery, shareFiles.pdf),
  get('/tugas/pengurus', 'report:read', askedQuery, askedOfficers),
  get('/tugas/pengurus.xlsx', 'report:read', askedQuery, askedFiles.workbook),
  get('/tugas/pengurus.pdf', 'report:read', askedPdfQuery, askedFiles.pdf),
  get('/tugas/butir/:id', 'institution:read', dutyHistory),
  get('/tugas/butir/:id/ubah', 'duty:write', editDuty),
  post('/tugas/butir/:id', 'duty:write', dutyForm, changeDuty),
  get('/tugas/butir/:id/penghentian', 'duty:write', endDutyPage),
  post('/tugas/butir/:id/penghentian', 'duty:write', endForm, endDuty),
  post('/tugas/butir/:id/urutan', 'duty:manage', orderForm, moveDuty),
  get('/tugas/:id', 'report:read', typeDuties),
  get('/tugas/:id/baru', 'duty:manage', newDutyQuery, newTypeDuty),
  post('/tugas/:id', 'duty:manage', newDutyForm, createTypeDuty),
  get('/lembaga/:id/tugas', 'institution:read', institutionDuties),
  get('/lembaga/:id/tugas/kartu', 'institution:read', dutyCards),
  get('/lembaga/:id/tugas/lampiran', 'institution:read', dutyAnnex),
  get('/lembaga/:id/tugas/baru', 'institution:write', newDutyQuery, newLocalDuty),
  post('/lembaga/:id/tugas', 'institution:write', newDutyForm, createLocalDuty),
  get('/lembaga/:id/tugas/kertas', 'duty:record', paperQuery, paperPage),
  post('/lembaga/:id/tugas/kertas', 'duty:record', paperForm, recordPaper),
  get('/konfirmasi-tugas/:id', 'institution:read', confirmationPage),
  get('/konfirmasi-tugas/:id/pembatalan', 'duty:record', voidPage),
  post('/konfirmasi-tugas/:id/pembatalan', 'duty:record', voidForm, voidPaper),
  get('/tugas-saya', 'duty:confirm', ownDuties),
  post('/tugas-saya/konfirmasi', 'duty:confirm', confirmForm, confirmDuties),
];
