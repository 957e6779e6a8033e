import { runCommand } from '#src/commands/run.ts';
import { migrate } from '#src/migrations.ts';

await runCommand(async ({ databaseUrl, databaseAppPassword }) => {
  const applied = await migrate(databaseUrl, { appPassword: databaseAppPassword });
  if (applied.length === 0) return 'Basis data sudah mutakhir.';
  return ['Migrasi diterapkan:', ...applied.map((name) => `  ${name}`)].join('\n');
});
