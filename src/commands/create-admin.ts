import { systemActor } from '#src/access.ts';
import { displayName as displayNameField, username as usernameField } from '#src/accounts/form.ts';
import { linkUrl } from '#src/accounts/link-pages.ts';
import { insertLink } from '#src/accounts/entry.ts';
import { insertAccount } from '#src/accounts/repository.ts';
import { linkMinutes } from '#src/accounts/rules.ts';
import { runCommand } from '#src/commands/run.ts';
import { asActor } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import { StartError } from '#src/start-error.ts';

const usage = 'Tulis: npm run create-admin -- nama.pengguna "Nama Lengkap"';

await runCommand(async () => {
  const admin = parseArguments(process.argv.slice(2));
  const token = await createAdmin(admin);
  return [
    `Admin ${admin.username} (${admin.displayName}) sudah dibuat.`,
    `Buka tautan ini dalam ${linkMinutes} menit untuk membuat kata sandi; tautan hanya dapat dipakai satu kali:`,
    linkUrl(token),
  ].join('\n');
});

function parseArguments([username, displayName, ...rest]: string[]) {
  if (username === undefined || displayName === undefined || rest.length > 0)
    throw new StartError(usage);
  const name = usernameField.safeParse(username.trim());
  if (!name.success) throw new StartError(`${name.error.issues[0]?.message}. ${usage}`);
  const shown = displayNameField.safeParse(displayName.trim());
  if (!shown.success) throw new StartError(`${shown.error.issues[0]?.message}. ${usage}`);
  return { username: name.data, displayName: shown.data };
}

async function createAdmin(admin: { username: string; displayName: string }): Promise<string> {
  const nowhere = { kecamatanId: null, kelurahanId: null, institutionId: null, tenureId: null };
  try {
    return await asActor(systemActor('create-admin'), async (tx) => {
      const id = await insertAccount(tx, { ...admin, role: 'admin', ...nowhere });
      return insertLink(tx, id);
    });
  } catch (error) {
    if (!violates(error, 'accounts_username_key')) throw error;
    throw new StartError(
      `Nama pengguna ${admin.username} sudah dipakai. Pilih nama lain, atau buat tautan baru di halaman Pengguna.`,
    );
  }
}
