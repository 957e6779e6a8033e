import { get } from '#src/http/routes.ts';
import { officeholderFilter } from '#src/officeholders/form.ts';
import { officeholderWorkbook } from '#src/officeholders/file-pages.ts';
import { officeholderList } from '#src/officeholders/pages.ts';

export const officeholderRoutes = [
  get('/pengurus', 'institution:read', officeholderFilter, officeholderList),
  get('/pengurus.xlsx', 'institution:read', officeholderFilter, officeholderWorkbook),
];
