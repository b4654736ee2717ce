import { runningServer } from '#api/access/serverNote.ts';
import { type Config, readConfig } from '#api/config.ts';
import type { System } from '#api/serve.ts';
import { startFailure } from '#ingest/process/startFailure.ts';
import { type Client, createClient } from './client.ts';

export const settings = (): Config => readConfig(process.env);

/** What is opened in the data folder; where the machine forbids it, that is told in a sentence. */
export function opened<T>(open: () => T, config: Config): T {
  try {
    return open();
  } catch (error) {
    throw startFailure(error, config);
  }
}

/** The database engine is loaded by the commands that need it: the others are quick. */
export const engine = () => import('#api/main.ts');

/**
 * Runs a command where the data is: through the server that holds the folder, or, where none does, on the folder
 * itself. Should another process hold it, opening says which.
 */
export async function atTheData<T>(
  work: { viaServer: (client: Client) => Promise<T>; alone: (system: System, config: Config) => Promise<T> },
  config = settings(),
): Promise<T> {
  const note = await runningServer(config.dataDir);
  if (note) return work.viaServer(createClient(note));
  const [{ openSystem }, { createLog }] = await Promise.all([engine(), import('#ingest/process/log.ts')]);
  const system = await openSystem(config, createLog('warn')).catch((error: unknown) => {
    throw startFailure(error, config);
  });
  try {
    return await work.alone(system, config);
  } finally {
    await system.close();
  }
}
