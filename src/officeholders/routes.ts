import { get } from '#src/http/routes.ts';
import { officeholderFilter } from '#src/officeholders/form.ts';
import { officeholderList, officeholderWorkbook } from '#src/officeholders/pages.ts';

export const officeholderRoutes = [
  get('/pengurus', 'institution:read', officeholderFilter, officeholderList),
  get('/pengurus.xlsx', 'institution:read', officeholderFilter, officeholderWorkbook),
];
