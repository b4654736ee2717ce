import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { SettingsError } from '#ingest/process/settings.ts';
import { exportCommand } from './commands/exporting.ts';
import { freezeCommand } from './commands/freeze.ts';
import { importCommand } from './commands/importing.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { sampleCommand } from './commands/sample.ts';
import { serveCommand } from './commands/serve.ts';
import { tokenCommand } from './commands/token.ts';
import { verifyCommand } from './commands/verify.ts';
import { Failure, tell } from './say.ts';

// What is written is its owner's alone: the log, the store, tokens, and what is exported.
process.umask(0o077);

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('wuxing')
  .description(
    'The tool for administrators and scripts. Settings come from the environment: see `serve --help`.',
  )
  .version(version)
  .showHelpAfterError()
  .addCommand(serveCommand())
  .addCommand(sampleCommand())
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(rebuildCommand())
  .addCommand(tokenCommand())
  .addCommand(freezeCommand())
  .addCommand(verifyCommand());

// A command may wait for nothing but a commit of the log, which alone keeps no process alive.
const alive = setInterval(() => {}, 60_000);

/** What was foreseen is a sentence; the rest is a defect, and its trace helps to find it. */
try {
  await program.parseAsync();
} catch (error) {
  const foreseen =
    error instanceof Failure ||
    error instanceof SettingsError ||
    ['StoreHeldError', 'Unreachable'].includes((error as Error).name);
  tell(
    foreseen || !(error instanceof Error)
      ? String((error as Error).message ?? error)
      : (error.stack ?? error.message),
  );
  process.exitCode = 1;
} finally {
  clearInterval(alive);
}
