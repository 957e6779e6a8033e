import { defineConfig } from 'prisma/config';

// The engine that the CLI would download is only for `migrate`, which is not used here (README, Decisions).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'schema.prisma' });
