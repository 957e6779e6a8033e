import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';
import { signed } from '#src/list-office.ts';
import {
  answersForm,
  orderForm,
  paperForm,
  questionForm,
  removalForm,
  scoreQuery,
} from '#src/training-tests/form.ts';
import { answerLinkTest, linkTestPage } from '#src/training-tests/link-pages.ts';
import { answerOwnTest, ownTestPage, ownTestsPage } from '#src/training-tests/own-pages.ts';
import { openTests, testsPage, withdrawTests } from '#src/training-tests/pages.ts';
import { enterPaper, paperPage } from '#src/training-tests/paper-pages.ts';
import {
  createQuestion,
  newQuestionPage,
  questionPage,
  removeQuestion,
  reorderQuestion,
  updateQuestion,
} from '#src/training-tests/question-pages.ts';
import { scoreFiles } from '#src/training-tests/score-files.ts';
import { scoresPage } from '#src/training-tests/score-pages.ts';

const tests = '/pelatihan/:id/tes';
const question = `${tests}/soal/:questionId`;
const own = '/pelatihan/:id/tes-saya';

export const trainingTestRoutes = [
  get(tests, 'report:read', testsPage),
  post(`${tests}/pembukaan`, 'training:write', emptyInput, openTests),
  post(`${tests}/penarikan`, 'training:write', emptyInput, withdrawTests),
  post(`${tests}/soal`, 'training:write', questionForm, createQuestion),
  get(`${tests}/soal/baru`, 'training:write', newQuestionPage),
  get(question, 'training:write', questionPage),
  post(question, 'training:write', questionForm, updateQuestion),
  post(`${question}/penghapusan`, 'training:write', removalForm, removeQuestion),
  post(`${question}/urutan`, 'training:write', orderForm, reorderQuestion),
  get(`${tests}/nilai`, 'report:read', scoreQuery, scoresPage),
  get(`${tests}/nilai.xlsx`, 'report:read', scoreQuery, scoreFiles.workbook),
  get(`${tests}/nilai.pdf`, 'report:read', scoreQuery.extend(signed), scoreFiles.pdf),
  get(`${tests}/kertas/:invitationId/:phase`, 'training:record', paperPage),
  post(`${tests}/kertas/:invitationId/:phase`, 'training:record', paperForm, enterPaper),
  get(own, 'training:answer', ownTestsPage),
  get(`${own}/:phase`, 'training:answer', ownTestPage),
  post(`${own}/:phase`, 'training:answer', answersForm, answerOwnTest),
  get('/u/:token/tes/:phase', 'public', linkTestPage),
  post('/u/:token/tes/:phase', 'public', answersForm, answerLinkTest),
];
