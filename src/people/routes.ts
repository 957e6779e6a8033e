import { get, post } from '#src/http/routes.ts';
import { editPage, updatePerson } from '#src/people/edit-pages.ts';
import { personForm, revealForm } from '#src/people/form.ts';
import { personPage, revealNik } from '#src/people/pages.ts';

export const personRoutes = [
  get('/orang/:id', 'person:read', personPage),
  post('/orang/:id', 'institution:write', personForm, updatePerson),
  get('/orang/:id/ubah', 'institution:write', editPage),
  post('/orang/:id/nik', 'nik:reveal', revealForm, revealNik),
];
