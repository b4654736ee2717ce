import { join } from 'node:path';
import type { EventStream } from './eventStream.ts';
import { openKafkaStream } from './kafka.ts';
import { parseKafkaUrl } from './kafkaUrl.ts';
import { openLmdbStream } from './lmdb.ts';

/** The only switch between the embedded log and Kafka. */
export async function openStream({
  streamUrl,
  dataDir,
}: {
  streamUrl?: string | undefined;
  dataDir: string;
}): Promise<EventStream> {
  if (streamUrl) return openKafkaStream(parseKafkaUrl(streamUrl));
  return openLmdbStream({ folder: join(dataDir, 'stream') });
}
