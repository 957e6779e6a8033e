import { get } from '#src/http/routes.ts';
import { trainingList } from '#src/trainings/list-pages.ts';
import { trainingSummary } from '#src/trainings/pages.ts';

export const trainingRoutes = [
  get('/pelatihan', 'training:read', trainingList),
  get('/pelatihan/:id', 'training:read', trainingSummary),
];
