import { get, post } from '#src/http/routes.ts';
import {
  answerForm,
  guestForm,
  institutionQuery,
  invitationQuery,
  officerForm,
  officerQuery,
  removalForm,
  ruleForm,
  sendForm,
  tellingForm,
  tellingQuery,
} from '#src/invitations/form.ts';
import { linkCalendar, trainingCalendar } from '#src/invitations/calendar-pages.ts';
import { invitationFiles } from '#src/invitations/export-pages.ts';
import { guestPage, inviteGuest, removeInvitation } from '#src/invitations/guest-pages.ts';
import {
  institutionChoicePage,
  inviteChosen,
  officerChoicePage,
} from '#src/invitations/officer-pages.ts';
import { answerLink, linkPage } from '#src/invitations/link-pages.ts';
import { answerOwnInvitation, ownAnswerPage } from '#src/invitations/own-pages.ts';
import { invitationsPage } from '#src/invitations/pages.ts';
import { inviteByRule, rulePage } from '#src/invitations/rule-pages.ts';
import { send, sendPage } from '#src/invitations/send-pages.ts';
import { tell, tellingPage } from '#src/invitations/telling-pages.ts';
import { signed } from '#src/list-office.ts';

const list = '/pelatihan/:id/undangan';

export const invitationRoutes = [
  get(list, 'training:read', invitationQuery, invitationsPage),
  get(`${list}/aturan`, 'training:write', ruleForm, rulePage),
  post(`${list}/aturan`, 'training:write', ruleForm, inviteByRule),
  get(`${list}/lembaga`, 'training:write', institutionQuery, institutionChoicePage),
  get(`${list}/pengurus`, 'training:write', officerQuery, officerChoicePage),
  post(`${list}/pengurus`, 'training:write', officerForm, inviteChosen),
  get(`${list}/tamu`, 'training:write', guestPage),
  post(`${list}/tamu`, 'training:write', guestForm, inviteGuest),
  post(`${list}/:invitationId/penghapusan`, 'training:write', removalForm, removeInvitation),
  get(`${list}/pengiriman`, 'training:write', sendPage),
  post(`${list}/pengiriman`, 'training:write', sendForm, send),
  get(`${list}/kabar`, 'training:write', tellingQuery, tellingPage),
  post(`${list}/kabar`, 'training:write', tellingForm, tell),
  get(`${list}.xlsx`, 'training:read', invitationQuery, invitationFiles.workbook),
  get(`${list}.pdf`, 'training:read', invitationQuery.extend(signed), invitationFiles.pdf),
  get('/pelatihan/:id/kalender.ics', 'training:read', trainingCalendar),
  get(`${list}/:invitationId/jawaban`, 'training:answer', ownAnswerPage),
  post(`${list}/:invitationId/jawaban`, 'training:answer', answerForm, answerOwnInvitation),
  get('/u/:token', 'public', linkPage),
  post('/u/:token', 'public', answerForm, answerLink),
  get('/u/:token/kalender.ics', 'public', linkCalendar),
];
