import { get, post } from '#src/http/routes.ts';
import { minutesForm } from '#src/minutes/form.ts';
import { minutesPage, minutesPdf, minutesWord, writeMinutes } from '#src/minutes/pages.ts';

export const minutesRoutes = [
  get('/pelatihan/:id/notulen', 'report:read', minutesPage),
  post('/pelatihan/:id/notulen', 'training:record', minutesForm, writeMinutes),
  get('/pelatihan/:id/notulen.pdf', 'report:read', minutesPdf),
  get('/pelatihan/:id/notulen.docx', 'report:read', minutesWord),
];
