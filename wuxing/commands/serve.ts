import { Command } from 'commander';
import { SETTINGS } from '#api/config.ts';
import { settings } from '../place.ts';

const width = Math.max(...SETTINGS.map(({ name }) => name.length));
const SETTINGS_HELP = `\nSettings (environment):\n${SETTINGS.map(
  ({ name, fallback, meaning }) => `  ${name.padEnd(width)}  ${meaning} (${fallback})`,
).join('\n')}`;

/** The server is loaded where one is to run, so the other commands are quick. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('serve the product: API, dashboard and, unless INGEST is separate, the projection')
    .option('--demo', 'in a throw-away folder, with the sample loaded')
    .addHelpText('after', SETTINGS_HELP)
    .action(async ({ demo = false }: { demo?: boolean }) => {
      const config = settings();
      await (await import('../serving.ts')).run(config, demo);
    });
