import { get, post } from '#src/http/routes.ts';
import { feedbackForm } from '#src/feedback/form.ts';
import { feedbackPage, sendFeedback } from '#src/feedback/link-pages.ts';
import { feedbackSummary } from '#src/feedback/pages.ts';

export const feedbackRoutes = [
  get('/pelatihan/:id/umpan-balik', 'report:read', feedbackSummary),
  get('/u/:token/umpan-balik', 'public', feedbackPage),
  post('/u/:token/umpan-balik', 'public', feedbackForm, sendFeedback),
];
