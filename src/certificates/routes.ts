import { emptyInput } from '#src/http/forms.ts';
import { get, post } from '#src/http/routes.ts';
import { checkedCode, checkPage } from '#src/certificates/check-pages.ts';
import { correct, correctionPage } from '#src/certificates/correction-pages.ts';
import {
  certificatePdf,
  certificatesPdf,
  linkedCertificatePdf,
} from '#src/certificates/file-pages.ts';
import {
  certificateQuery,
  checkQuery,
  correctionForm,
  revocationForm,
  settingsForm,
} from '#src/certificates/form.ts';
import { issueMany, issueOne, issuePage } from '#src/certificates/issue-pages.ts';
import { certificateList } from '#src/certificates/pages.ts';
import { recipientPage } from '#src/certificates/recipient-page.ts';
import { revocationPage, revoke } from '#src/certificates/revocation-pages.ts';
import { saveCertificateSettings, settingsPage } from '#src/certificates/setting-pages.ts';

const list = '/pelatihan/:id/sertifikat';

export const certificateRoutes = [
  get(list, 'training:read', certificateQuery, certificateList),
  get(`${list}.pdf`, 'certificate:issue', certificatesPdf),
  get(`${list}/pengaturan`, 'certificate:issue', settingsPage),
  post(`${list}/pengaturan`, 'certificate:issue', settingsForm, saveCertificateSettings),
  get(`${list}/penerbitan`, 'certificate:issue', issuePage),
  post(`${list}/penerbitan`, 'certificate:issue', emptyInput, issueMany),
  get(`${list}/peserta/:invitationId`, 'training:read', recipientPage),
  post(`${list}/peserta/:invitationId`, 'certificate:issue', emptyInput, issueOne),
  get(`${list}/:certificateId.pdf`, 'training:read', certificatePdf),
  get(`${list}/:certificateId/pembetulan`, 'certificate:issue', correctionPage),
  post(`${list}/:certificateId/pembetulan`, 'certificate:issue', correctionForm, correct),
  get(`${list}/:certificateId/pencabutan`, 'certificate:issue', revocationPage),
  post(`${list}/:certificateId/pencabutan`, 'certificate:issue', revocationForm, revoke),
  get('/u/:token/sertifikat.pdf', 'public', linkedCertificatePdf),
  get('/cek', 'public', checkQuery, checkPage),
  get('/cek/:certificateCode', 'public', checkedCode),
];
