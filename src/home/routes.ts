import { get } from '#src/http/routes.ts';
import { landing, menuPage, startPage, styleguide } from '#src/home/pages.ts';

export const homeRoutes = [
  get('/', 'public', landing),
  get('/beranda', 'signed-in', startPage),
  get('/menu', 'signed-in', menuPage),
  get('/gaya', 'signed-in', styleguide),
];
