import { get } from '#src/http/routes.ts';
import { letterQuery } from '#src/invitation-letters/form.ts';
import { letterPage, letterPdf } from '#src/invitation-letters/pages.ts';

export const invitationLetterRoutes = [
  get('/pelatihan/:id/undangan/surat', 'training:write', letterPage),
  get('/pelatihan/:id/undangan/surat.pdf', 'training:write', letterQuery, letterPdf),
];
