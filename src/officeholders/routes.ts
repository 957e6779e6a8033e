import { get } from '#src/http/routes.ts';
import { officeholderFilter, officeholderPdfFilter } from '#src/officeholders/form.ts';
import { officeholderPdf, officeholderWorkbook } from '#src/officeholders/file-pages.ts';
import { officeholderList } from '#src/officeholders/pages.ts';

export const officeholderRoutes = [
  get('/pengurus', 'institution:read', officeholderFilter, officeholderList),
  get('/pengurus.xlsx', 'institution:read', officeholderFilter, officeholderWorkbook),
  get('/pengurus.pdf', 'institution:read', officeholderPdfFilter, officeholderPdf),
];
