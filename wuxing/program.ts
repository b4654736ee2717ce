import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { Problem } from '#api/http/problem.ts';
import { SettingsError } from '#ingest/process/settings.ts';
import { StartFailure } from '#ingest/process/startFailure.ts';
import { exportCommand } from './commands/exporting.ts';
import { freezeCommand } from './commands/freeze.ts';
import { importCommand } from './commands/importing.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { sampleCommand } from './commands/sample.ts';
import { serveCommand } from './commands/serve.ts';
import { tokenCommand } from './commands/token.ts';
import { verifyCommand } from './commands/verify.ts';
import { Failure, tell } from './say.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = (): Command =>
  new Command('wuxing')
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

/** Commander throws instead of ending the process, in this command and all below it. */
function throwing(command: Command): Command {
  for (const below of command.commands) throwing(below);
  return command.exitOverride();
}

/**
 * Runs one command. What goes wrong is told, and sets the exit code: what was foreseen in a sentence, a defect with its
 * trace.
 */
export async function run(args: readonly string[]): Promise<void> {
  // A command may wait for nothing but a commit of the log, which alone keeps no process alive.
  const alive = setInterval(() => {}, 60_000);
  try {
    await throwing(program()).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has told already what it has to tell: help, the version, or what is wrong with the arguments.
      process.exitCode = error.exitCode;
      return;
    }
    const foreseen =
      error instanceof Failure ||
      error instanceof SettingsError ||
      error instanceof StartFailure ||
      error instanceof Problem ||
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
}
