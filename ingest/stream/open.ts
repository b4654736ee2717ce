import { join } from 'node:path';
import type { EventStream } from './eventStream.ts';
import { parseKafkaUrl } from './kafkaUrl.ts';
import { openLmdbStream } from './lmdb.ts';

/** The only switch between the embedded log and Kafka, whose client is loaded where it is used. */
export async function openStream({
  streamUrl,
  dataDir,
}: {
  streamUrl?: string | undefined;
  dataDir: string;
}): Promise<EventStream> {
  if (streamUrl) {
    const { openKafkaStream } = await import('./kafka.ts');
    return openKafkaStream(parseKafkaUrl(streamUrl));
  }
  return openLmdbStream({ folder: join(dataDir, 'stream') });
}
