import { get, post } from '#src/http/routes.ts';
import {
  claimForm,
  followUpForm,
  followUpPdfQuery,
  followUpQuery,
  reopenForm,
  stepForm,
} from '#src/follow-ups/form.ts';
import { followUpFiles } from '#src/follow-ups/list-file.ts';
import { followUpList } from '#src/follow-ups/list-pages.ts';
import { createFollowUp, newFollowUpPage } from '#src/follow-ups/new-pages.ts';
import { followUpPage } from '#src/follow-ups/pages.ts';
import {
  claim,
  claimPage,
  confirm,
  reopen,
  reopenPage,
  start,
} from '#src/follow-ups/step-pages.ts';

const ofNote = '/pelatihan/:id/dialog/:noteId/tindak-lanjut';

export const followUpRoutes = [
  get('/tindak-lanjut', 'follow-up:read', followUpQuery, followUpList),
  get('/tindak-lanjut.xlsx', 'follow-up:read', followUpQuery, followUpFiles.workbook),
  get('/tindak-lanjut.pdf', 'follow-up:read', followUpPdfQuery, followUpFiles.pdf),
  get('/tindak-lanjut/:id', 'follow-up:read', followUpPage),
  post('/tindak-lanjut/:id/pengerjaan', 'follow-up:step', stepForm, start),
  get('/tindak-lanjut/:id/penyelesaian', 'follow-up:step', claimPage),
  post('/tindak-lanjut/:id/penyelesaian', 'follow-up:step', claimForm, claim),
  post('/tindak-lanjut/:id/konfirmasi', 'follow-up:step', stepForm, confirm),
  get('/tindak-lanjut/:id/pembukaan', 'follow-up:step', reopenPage),
  post('/tindak-lanjut/:id/pembukaan', 'follow-up:step', reopenForm, reopen),
  get(`${ofNote}/baru`, 'follow-up:write', newFollowUpPage),
  post(ofNote, 'follow-up:write', followUpForm, createFollowUp),
];
