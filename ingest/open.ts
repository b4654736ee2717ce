import { join } from 'node:path';
import type { Closers } from './process/closers.ts';
import { type Reachers, reachers, type Waiting } from './reach.ts';
import { openProjector } from './run/openProjector.ts';
import type { Projector } from './run/projector.ts';
import { openStore, type Store } from './store/client.ts';
import type { Blocks } from './store/insert.ts';
import { migrate } from './store/migrate.ts';
import type { EventStream } from './stream/eventStream.ts';
import { openStream } from './stream/open.ts';
import type { Logger } from './troubleLog.ts';

/** Where the data is: the folder, and what is on other machines. */
export type Place = {
  dataDir: string;
  streamUrl?: string | undefined;
  storeUrl?: string | undefined;
  storeCluster?: string | undefined;
};

export type Base = { store: Store; stream: EventStream; there: Reachers };

/**
 * Opens store and stream, with the tables that the store lacks. Rejects with a StoreHeldError where another process
 * holds the folder, and with an Unreachable where the store or Kafka is not there, unless `waiting` is to hear of it.
 */
export async function openBase(
  { dataDir, streamUrl, storeUrl, storeCluster }: Place,
  { closers, log, waiting }: { closers: Closers; log: Logger; waiting?: Waiting | undefined },
): Promise<Base> {
  // The store first: its lock is what keeps a second process off the folder.
  const store = await openStore({ url: storeUrl, dataDir, cluster: storeCluster });
  closers.add(() => store.close());
  const there = reachers({ storeUrl, streamUrl }, waiting);
  const migrations = await there.store(() => migrate(store));
  if (migrations.length > 0) log.info({ migrations }, 'store migrated');
  const stream = await there.stream(() => openStream({ streamUrl, dataDir }));
  closers.add(() => stream.close());
  return { store, stream, there };
}

/** Which stream a projection's state belongs to, without the password. */
const nameOf = (streamUrl: string | undefined): string =>
  streamUrl?.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '') ?? 'embedded';

/** The projector of a process, whose state is in the data folder. */
export const projectorAt = ({ dataDir, streamUrl }: Place): Projector<Blocks> =>
  openProjector({ folder: join(dataDir, 'state'), stream: nameOf(streamUrl) });
