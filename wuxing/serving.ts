import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseUnmanned } from '#api/access/manned.ts';
import { runningServer } from '#api/access/serverNote.ts';
import type { Config } from '#api/config.ts';
import { type Served, type System, serve } from '#api/serve.ts';
import { createWaitingRoom } from '#api/waitingRoom.ts';
import { closeAtEnd } from '#ingest/process/closers.ts';
import { createLog } from '#ingest/process/log.ts';
import { startFailure } from '#ingest/process/startFailure.ts';
import { saidOnce } from '#ingest/reach.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { engine } from './place.ts';
import { deliver, Failure, tell } from './say.ts';

const DASHBOARD = fileURLToPath(new URL('../dist/dashboard', import.meta.url));

const demoConfig = (config: Config): Config => ({
  ...config,
  dataDir: mkdtempSync(join(tmpdir(), 'wuxing-demo-')),
  streamUrl: undefined,
  storeUrl: undefined,
  logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel,
});

/** Serves on the settings, or a demo, until the process is told to end. */
export async function run(given: Config, demo: boolean): Promise<void> {
  const config = demo ? demoConfig(given) : given;
  const holder = await runningServer(config.dataDir);
  if (holder) throw new Failure(`Process ${holder.pid} serves ${config.dataDir} already, at ${holder.url}.`);
  await refuseUnmanned(config).catch((error: unknown) => {
    throw startFailure(error, config);
  });
  const log = createLog(config.logLevel);
  const clear = (): void => (demo ? rmSync(config.dataDir, { recursive: true, force: true }) : undefined);
  const room = createWaitingRoom(config);
  let system: System | undefined;
  let served: Served | undefined;
  try {
    const { openSystem } = await engine();
    system = await openSystem(config, log, Date.now, saidOnce(log, room.waiting));
    if (demo) await loadSample(system);
    served = await serve(config, system, log, { dashboard: DASHBOARD, server: room.server() });
  } catch (error) {
    room.close();
    await system?.close();
    clear();
    throw startFailure(error, config);
  }
  const { close } = served;
  closeAtEnd(log, async () => {
    await close();
    clear();
  });
  await announce(served, config, demo);
}

async function loadSample(system: System): Promise<void> {
  tell('Loading the sample …');
  const { events } = await system.intake.sample({});
  tell(`${countText(events)} events loaded.`);
}

/** A link lets in whoever reads the log: it is printed where nobody could sign in before, and else when asked for. */
async function announce(served: Served, config: Config, demo: boolean): Promise<void> {
  const url = config.publicUrl ?? served.url;
  const withLink = demo || served.unmanned;
  // A lasting folder is set up: the link makes the department's first account.
  const purpose = demo ? 'sign-in' : 'set-up';
  const lines = [
    '',
    `Wuxing is at ${url}`,
    ...(withLink ? [`Sign in (once, within 24 hours): ${await served.signInUrl(purpose)}`] : []),
    ...(served.firstToken ? [`Administrator's token, shown this once: ${served.firstToken}`] : []),
    ...(withLink ? [] : [`Sign in at: ${url}/sign-in`, 'A new link: npm run -s wuxing -- token --link']),
    ...(demo ? [`The data is in ${config.dataDir} and goes when you press Ctrl-C.`] : []),
    '',
  ];
  deliver(lines.join('\n'));
}
