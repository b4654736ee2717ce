import { run } from './program.ts';

// What is written is its owner's alone: the log, the store, tokens, and what is exported.
process.umask(0o077);

await run(process.argv.slice(2));
