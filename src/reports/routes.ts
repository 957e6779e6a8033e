import { get } from '#src/http/routes.ts';
import { bookPdf, bookWorkbook } from '#src/reports/book-pages.ts';
import { bookPdfQuery, reportPdfQuery, reportQuery } from '#src/reports/form.ts';
import { reportPage, reportPdf } from '#src/reports/pages.ts';
import { reportWorkbook } from '#src/reports/workbook-page.ts';

export const reportRoutes = [
  get('/laporan', 'report:read', reportQuery, reportPage),
  get('/laporan.xlsx', 'report:read', reportQuery, reportWorkbook),
  get('/laporan.pdf', 'report:read', reportPdfQuery, reportPdf),
  get('/laporan/buku-e1.pdf', 'book:export', bookPdfQuery, bookPdf),
  get('/laporan/buku-e1.xlsx', 'book:export', bookWorkbook),
];
