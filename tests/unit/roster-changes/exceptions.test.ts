import { expect, test } from 'vitest';
import {
  blocksLeft,
  exceptionChoices,
  exceptionsIn,
  missingReason,
  reasonOf,
} from '#src/roster-changes/exceptions.ts';
import { approvalForm } from '#src/roster-changes/form.ts';
import type { Check } from '#src/roster-changes/check.ts';

const answers = (typed: Record<string, string>) =>
  approvalForm.parse({ version: '1', decreeNumber: '1/2026', decreedOn: '2026-03-02', ...typed });

const young = (seatId: number, nominee: string): Check => ({
  tone: 'bad',
  title: `${nominee} baru berusia 16 tahun`,
  rule: 'minimum_age',
  seatId,
  nominee,
});
const checks: Check[] = [
  young(7, 'Siti'),
  young(8, 'Budi'),
  { tone: 'bad', title: 'Pendidikan Siti: SD', rule: 'education', seatId: 7, nominee: 'Siti' },
];

test('two officers who break one rule are asked about one by one, each with a reason', () => {
  expect(exceptionChoices(checks).map(({ tick }) => [tick.value, tick.label])).toEqual([
    ['7:minimum_age', 'Beri pengecualian: usia paling rendah untuk Siti'],
    ['8:minimum_age', 'Beri pengecualian: usia paling rendah untuk Budi'],
    ['7:education', 'Beri pengecualian: pendidikan paling rendah untuk Siti'],
  ]);
  const input = answers({
    except_1: '7:minimum_age',
    reason_1: 'Tiga bulan lagi cukup umur',
    except_2: '8:minimum_age',
    reason_2: 'Tidak ada calon lain',
    except_3: '7:education',
    reason_3: 'Ijazah terbakar',
  });
  const granted = exceptionsIn(checks, input);
  expect(blocksLeft(checks, granted)).toBe(false);
  expect(reasonOf(granted.get(8) ?? [])).toBe('Tidak ada calon lain');
  expect(reasonOf(granted.get(7) ?? [])).toBe(
    'Usia paling rendah: Tiga bulan lagi cukup umur; Pendidikan paling rendah: Ijazah terbakar',
  );
});

test('one of two left in the way, or a tick for what nobody breaks, does not let the proposal pass', () => {
  const one = answers({ except_1: '7:minimum_age', reason_1: 'x', except_2: '9:education' });
  const granted = exceptionsIn(checks, { ...one, reason_2: 'x' });
  expect([...granted.keys()]).toEqual([7]);
  expect(blocksLeft(checks, granted)).toBe(true);
});

test('a tick without a reason names its field; a reason without a tick asks nothing', () => {
  expect(missingReason(answers({ except_2: '7:education' }))).toBe('reason_2');
  expect(missingReason(answers({ reason_1: 'x' }))).toBeUndefined();
});
