import { get, post } from '#src/http/routes.ts';
import { approvalPage, approve } from '#src/roster-changes/approval-pages.ts';
import {
  approvalForm,
  contactForm,
  identityForm,
  matchForm,
  nameForm,
  newChangeForm,
  newChangeQuery,
  nomineeForm,
  noteForm,
  queuePdfQuery,
  queueQuery,
  refusalForm,
  seatForm,
  termForm,
  timeForm,
  versionForm,
} from '#src/roster-changes/form.ts';
import {
  refusalPage,
  refuseChange,
  returnChange,
  returnPage,
} from '#src/roster-changes/note-pages.ts';
import {
  contactPage,
  identityPage,
  namePage,
  nomineePage,
  setContact,
  setIdentity,
  setName,
  setNominee,
} from '#src/roster-changes/candidate-pages.ts';
import {
  cancelChange,
  cancelPage,
  checkAnswersPage,
  reviseChange,
  submitChange,
} from '#src/roster-changes/maker-pages.ts';
import { copyChange } from '#src/roster-changes/copy-pages.ts';
import { changeFiles } from '#src/roster-changes/list-file.ts';
import { matchPage, setMatch } from '#src/roster-changes/match-pages.ts';
import { changeDetail, changeQueue } from '#src/roster-changes/pages.ts';
import { seatPage, setSeat } from '#src/roster-changes/seat-pages.ts';
import { createChange, newChangePage } from '#src/roster-changes/start-pages.ts';
import { boardPage, setTerm, setTime, termPage, timePage } from '#src/roster-changes/time-pages.ts';

export const rosterChangeRoutes = [
  get('/usulan', 'roster-change:read', queueQuery, changeQueue),
  get('/usulan.xlsx', 'roster-change:read', queueQuery, changeFiles.workbook),
  get('/usulan.pdf', 'roster-change:read', queuePdfQuery, changeFiles.pdf),
  get('/usulan/baru', 'roster-change:propose', newChangeQuery, newChangePage),
  post('/usulan', 'roster-change:propose', newChangeForm, createChange),
  get('/usulan/:id', 'roster-change:read', changeDetail),

  get('/usulan/:id/kursi', 'roster-change:propose', seatPage),
  post('/usulan/:id/kursi', 'roster-change:propose', seatForm, setSeat),
  get('/usulan/:id/kursi/:seatId/calon', 'roster-change:propose', nomineePage),
  post('/usulan/:id/kursi/:seatId/calon', 'roster-change:propose', nomineeForm, setNominee),
  get('/usulan/:id/kursi/:seatId/orang', 'roster-change:propose', namePage),
  post('/usulan/:id/kursi/:seatId/orang', 'roster-change:propose', nameForm, setName),
  get('/usulan/:id/kursi/:seatId/identitas', 'roster-change:propose', identityPage),
  post('/usulan/:id/kursi/:seatId/identitas', 'roster-change:propose', identityForm, setIdentity),
  get('/usulan/:id/kursi/:seatId/kecocokan', 'roster-change:propose', matchPage),
  post('/usulan/:id/kursi/:seatId/kecocokan', 'roster-change:propose', matchForm, setMatch),
  get('/usulan/:id/kursi/:seatId/kontak', 'roster-change:propose', contactPage),
  post('/usulan/:id/kursi/:seatId/kontak', 'roster-change:propose', contactForm, setContact),
  get('/usulan/:id/waktu', 'roster-change:propose', timePage),
  post('/usulan/:id/waktu', 'roster-change:propose', timeForm, setTime),
  get('/usulan/:id/masa-bakti', 'roster-change:propose', termPage),
  post('/usulan/:id/masa-bakti', 'roster-change:propose', termForm, setTerm),
  get('/usulan/:id/susunan', 'roster-change:propose', boardPage),
  get('/usulan/:id/periksa', 'roster-change:propose', checkAnswersPage),
  post('/usulan/:id/pengajuan', 'roster-change:propose', versionForm, submitChange),
  get('/usulan/:id/pembatalan', 'roster-change:propose', cancelPage),
  post('/usulan/:id/pembatalan', 'roster-change:propose', versionForm, cancelChange),
  post('/usulan/:id/perbaikan', 'roster-change:propose', versionForm, reviseChange),
  post('/usulan/:id/salinan', 'roster-change:propose', versionForm, copyChange),

  get('/usulan/:id/persetujuan', 'roster-change:decide', approvalPage),
  post('/usulan/:id/persetujuan', 'roster-change:decide', approvalForm, approve),
  get('/usulan/:id/pengembalian', 'roster-change:decide', returnPage),
  post('/usulan/:id/pengembalian', 'roster-change:decide', noteForm, returnChange),
  get('/usulan/:id/penolakan', 'roster-change:decide', refusalPage),
  post('/usulan/:id/penolakan', 'roster-change:decide', refusalForm, refuseChange),
];
