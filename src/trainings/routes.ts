import { get, post } from '#src/http/routes.ts';
import {
  createTraining,
  newTrainingPage,
  trainingEditPage,
  updateTraining,
} from '#src/trainings/edit-pages.ts';
import {
  cancelForm,
  sessionForm,
  stepForm,
  trainingForm,
  trainingPdfQuery,
  trainingQuery,
} from '#src/trainings/form.ts';
import { trainingFiles } from '#src/trainings/list-file.ts';
import { trainingList } from '#src/trainings/list-pages.ts';
import { trainingSummary } from '#src/trainings/pages.ts';
import {
  createSession,
  newSessionPage,
  removeSession,
  sessionPage,
  updateSession,
} from '#src/trainings/session-pages.ts';
import { cancel, cancelPage, finish, schedule } from '#src/trainings/step-pages.ts';

export const trainingRoutes = [
  get('/pelatihan', 'training:read', trainingQuery, trainingList),
  get('/pelatihan.xlsx', 'training:read', trainingQuery, trainingFiles.workbook),
  get('/pelatihan.pdf', 'training:read', trainingPdfQuery, trainingFiles.pdf),
  post('/pelatihan', 'training:write', trainingForm, createTraining),
  get('/pelatihan/baru', 'training:write', newTrainingPage),
  get('/pelatihan/:id', 'training:read', trainingSummary),
  post('/pelatihan/:id', 'training:write', trainingForm, updateTraining),
  get('/pelatihan/:id/ubah', 'training:write', trainingEditPage),
  post('/pelatihan/:id/sesi', 'training:write', sessionForm, createSession),
  get('/pelatihan/:id/sesi/baru', 'training:write', newSessionPage),
  get('/pelatihan/:id/sesi/:sessionId', 'training:write', sessionPage),
  post('/pelatihan/:id/sesi/:sessionId', 'training:write', sessionForm, updateSession),
  post('/pelatihan/:id/sesi/:sessionId/penghapusan', 'training:write', stepForm, removeSession),
  post('/pelatihan/:id/penjadwalan', 'training:write', stepForm, schedule),
  post('/pelatihan/:id/penyelesaian', 'training:write', stepForm, finish),
  get('/pelatihan/:id/pembatalan', 'training:write', cancelPage),
  post('/pelatihan/:id/pembatalan', 'training:write', cancelForm, cancel),
];
