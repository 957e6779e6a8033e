import { contactQuery, institutionContactForm, personContactForm } from '#src/contacts/form.ts';
import { editInstitutionContact, saveInstitutionContact } from '#src/contacts/institution-pages.ts';
import { editPersonContact, savePersonContact } from '#src/contacts/person-pages.ts';
import { get, post } from '#src/http/routes.ts';

export const contactRoutes = [
  get('/lembaga/:id/kontak', 'institution:contact', contactQuery, editInstitutionContact),
  post(
    '/lembaga/:id/kontak',
    'institution:contact',
    institutionContactForm,
    saveInstitutionContact,
  ),
  get('/orang/:id/kontak', 'person:contact', contactQuery, editPersonContact),
  post('/orang/:id/kontak', 'person:contact', personContactForm, savePersonContact),
];
