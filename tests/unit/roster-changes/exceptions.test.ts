import { expect, test } from 'vitest';
import { missingReason, reasonFor } from '#src/roster-changes/exceptions.ts';
import { approvalForm } from '#src/roster-changes/form.ts';

const answers = (typed: Record<string, string>) =>
  approvalForm.parse({ version: '1', decreeNumber: '1/2026', decreedOn: '2026-03-02', ...typed });

test('each exception keeps a reason of its own, named by its rule where there are several', () => {
  const input = answers({
    except_education: 'on',
    reason_education: 'Ijazah terbakar',
    except_minimum_age: 'on',
    reason_minimum_age: 'Tiga bulan lagi cukup umur',
  });
  expect(missingReason(input)).toBeUndefined();
  expect(reasonFor(['education'], input)).toBe('Ijazah terbakar');
  expect(reasonFor(['education', 'minimum_age'], input)).toBe(
    'Pendidikan paling rendah: Ijazah terbakar; Usia paling rendah: Tiga bulan lagi cukup umur',
  );
});

test('a tick without a reason names its field; a reason without a tick asks nothing', () => {
  expect(missingReason(answers({ except_education: 'on' }))).toBe('reason_education');
  expect(missingReason(answers({ reason_education: 'x' }))).toBeUndefined();
});
