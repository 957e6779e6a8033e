import { registerHooks } from 'node:module';

/** The limit to measure against: node:http, pipelined prepared statements and the pages' own templates, nothing else. */

const bare = new URL('./minimal-database.ts', import.meta.url).href;

// The pages are the product's own; only what they read through is exchanged.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '#src/database.ts' ? next(bare, context) : next(specifier, context),
});
await import('./minimal-server.ts');
