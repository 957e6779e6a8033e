import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';
import { newPasswordForm, signInForm, signInQuery } from '#src/sessions/form.ts';
import {
  newPasswordPage,
  setNewPassword,
  signIn,
  signInPage,
  signOut,
} from '#src/sessions/pages.ts';

export const sessionRoutes = [
  get('/masuk', 'public', signInQuery, signInPage),
  post('/masuk', 'public', signInForm, signIn),
  post('/keluar', 'public', emptyInput, signOut),
  get('/masuk/tautan/:token', 'public', newPasswordPage),
  post('/masuk/tautan/:token', 'public', newPasswordForm, setNewPassword),
];
