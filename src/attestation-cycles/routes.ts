import { cycleForm } from '#src/attestation-cycles/form.ts';
import {
  createCycle,
  cycleList,
  cyclePage,
  newCyclePage,
  updateCycle,
} from '#src/attestation-cycles/pages.ts';
import { get, post } from '#src/http/routes.ts';

export const attestationCycleRoutes = [
  get('/pernyataan', 'settings:manage', cycleList),
  post('/pernyataan', 'settings:manage', cycleForm, createCycle),
  get('/pernyataan/baru', 'settings:manage', newCyclePage),
  get('/pernyataan/:id', 'settings:manage', cyclePage),
  post('/pernyataan/:id', 'settings:manage', cycleForm, updateCycle),
];
