import { z } from 'zod';
import { date, requiredText, version } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';

export const cyclePdfQuery = z.strictObject(signed);

export const cycleForm = z
  .strictObject({
    version,
    name: requiredText('Isi nama masa pernyataan, contoh Semester I 2027', 60).min(
      3,
      'Nama paling sedikit 3 huruf',
    ),
    startsOn: date('Isi hari pertama'),
    dueOn: date('Isi hari terakhir'),
  })
  .refine(({ startsOn, dueOn }) => dueOn > startsOn, {
    path: ['dueOn'],
    message: 'Hari terakhir harus sesudah hari pertama',
  });
export type CycleInput = z.output<typeof cycleForm>;
