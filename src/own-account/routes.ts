import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';
import { passwordForm } from '#src/own-account/form.ts';
import {
  changePassword,
  endOtherSessions,
  endSession,
  ownAccountPage,
} from '#src/own-account/pages.ts';

export const ownAccountRoutes = [
  get('/akun', 'signed-in', ownAccountPage),
  post('/akun/kata-sandi', 'signed-in', passwordForm, changePassword),
  post('/akun/sesi/pengakhiran', 'signed-in', emptyInput, endOtherSessions),
  post('/akun/sesi/:session/pengakhiran', 'signed-in', emptyInput, endSession),
];
