import { get, post } from '#src/http/routes.ts';
import { emptyInput } from '#src/http/forms.ts';
import {
  attendanceQuery,
  batchForm,
  codeQuery,
  correctionForm,
  doorPictureQuery,
  nameQuery,
  proofForm,
  reasonForm,
  sheetQuery,
  tapForm,
  walkInForm,
  walkInQuery,
} from '#src/attendance/form.ts';
import { copyForm, copyQuery } from '#src/attendance/copy-form.ts';
import { copy, copyPage } from '#src/attendance/copy-pages.ts';
import { doorPage, doorPicture } from '#src/attendance/door-pages.ts';
import {
  checkIn,
  enterByCode,
  entryPage,
  findOwnName,
  proofPage,
} from '#src/attendance/entry-pages.ts';
import { receiveTaps } from '#src/attendance/batch-pages.ts';
import { attendanceOfSession, attendanceSessions } from '#src/attendance/list-pages.ts';
import { attendancePerson, correct } from '#src/attendance/person-pages.ts';
import { attendancePdf, attendanceWorkbook } from '#src/attendance/sheet-pages.ts';
import { close, closePage, open, reopen, reopenPage } from '#src/attendance/step-pages.ts';
import { tap } from '#src/attendance/tap-pages.ts';
import { createWalkIn, walkInPage } from '#src/attendance/walk-in-pages.ts';

const session = '/pelatihan/:id/sesi/:sessionId';
const person = `${session}/peserta/:invitationId`;

export const attendanceRoutes = [
  get('/pelatihan/:id/daftar-hadir', 'training:read', attendanceSessions),
  get(`${session}/daftar-hadir`, 'training:read', attendanceQuery, attendanceOfSession),
  get(`${session}/daftar-hadir.pdf`, 'report:read', sheetQuery, attendancePdf),
  get(`${session}/daftar-hadir.xlsx`, 'report:read', attendanceWorkbook),
  post(`${session}/daftar-hadir`, 'training:record', tapForm, tap),
  post(`${session}/daftar-hadir/kiriman`, 'training:record', batchForm, receiveTaps),
  get(`${session}/daftar-hadir/salinan`, 'training:record', copyQuery, copyPage),
  post(`${session}/daftar-hadir/salinan`, 'training:record', copyForm, copy),
  post(`${session}/pembukaan`, 'training:record', emptyInput, open),
  get(`${session}/penutupan`, 'training:record', closePage),
  post(`${session}/penutupan`, 'training:record', emptyInput, close),
  get(`${session}/pembukaan-kembali`, 'training:record', reopenPage),
  post(`${session}/pembukaan-kembali`, 'training:record', reasonForm, reopen),
  get(`${session}/peserta-tambahan`, 'training:record', walkInQuery, walkInPage),
  post(`${session}/peserta-tambahan`, 'training:record', walkInForm, createWalkIn),
  get(`${session}/pintu`, 'training:record', doorPage),
  get(`${session}/pintu.svg`, 'training:record', doorPictureQuery, doorPicture),
  get(person, 'training:read', attendancePerson),
  post(person, 'training:record', correctionForm, correct),
  get('/h', 'public', codeQuery, entryPage),
  get('/h/nama', 'public', nameQuery, findOwnName),
  get('/h/nama/:invitationId', 'public', proofPage),
  post('/h/nama/:invitationId', 'public', proofForm, checkIn),
  get('/h/:code', 'public', enterByCode),
];
