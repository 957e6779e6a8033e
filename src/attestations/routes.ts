import { attestationForm, mendForm } from '#src/attestations/form.ts';
import { attest, attestationPage, mendFirst } from '#src/attestations/pages.ts';
import { get, post } from '#src/http/routes.ts';

export const attestationRoutes = [
  get('/lembaga/:id/pernyataan', 'institution:read', attestationPage),
  post('/lembaga/:id/pernyataan', 'institution:attest', attestationForm, attest),
  post('/lembaga/:id/pernyataan/perbaikan', 'institution:attest', mendForm, mendFirst),
];
