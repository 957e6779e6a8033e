import { cycleFiles } from '#src/attestation-cycles/list-file.ts';
import { cycleForm, cyclePdfQuery } from '#src/attestation-cycles/form.ts';
import {
  createCycle,
  cycleList,
  cyclePage,
  newCyclePage,
  updateCycle,
} from '#src/attestation-cycles/pages.ts';
import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';

export const attestationCycleRoutes = [
  get('/pernyataan', 'settings:manage', cycleList),
  get('/pernyataan.xlsx', 'settings:manage', emptyInput, cycleFiles.workbook),
  get('/pernyataan.pdf', 'settings:manage', cyclePdfQuery, cycleFiles.pdf),
  post('/pernyataan', 'settings:manage', cycleForm, createCycle),
  get('/pernyataan/baru', 'settings:manage', newCyclePage),
  get('/pernyataan/:id', 'settings:manage', cyclePage),
  post('/pernyataan/:id', 'settings:manage', cycleForm, updateCycle),
];
