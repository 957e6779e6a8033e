import { get, post } from '#src/http/routes.ts';
import { institutionEvents, institutionOverview } from '#src/institutions/detail-page.ts';
import { editInstitution, saveInstitution } from '#src/institutions/edit-pages.ts';
import {
  institutionEdit,
  institutionFilter,
  institutionForm,
  institutionPdfQuery,
  newInstitutionQuery,
  seatForm,
} from '#src/institutions/form.ts';
import { institutionFiles } from '#src/institutions/list-file.ts';
import { institutionList } from '#src/institutions/list-page.ts';
import { createInstitution, newInstitution } from '#src/institutions/new-pages.ts';
import { addSeat } from '#src/institutions/seat-pages.ts';

export const institutionRoutes = [
  get('/lembaga', 'institution:read', institutionFilter, institutionList),
  get('/lembaga.xlsx', 'institution:read', institutionFilter, institutionFiles.workbook),
  get('/lembaga.pdf', 'institution:read', institutionPdfQuery, institutionFiles.pdf),
  get('/lembaga/baru', 'institution:write', newInstitutionQuery, newInstitution),
  post('/lembaga', 'institution:write', institutionForm, createInstitution),
  get('/lembaga/:id', 'institution:read', institutionOverview),
  get('/lembaga/:id/riwayat', 'institution:read', institutionEvents),
  get('/lembaga/:id/ubah', 'institution:write', editInstitution),
  post('/lembaga/:id', 'institution:write', institutionEdit, saveInstitution),
  post('/lembaga/:id/kursi', 'institution:write', seatForm, addSeat),
];
