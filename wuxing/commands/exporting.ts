import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import { countText } from '#schemas/presentation/numbers.ts';
import { atTheData } from '../place.ts';
import { Failure, tell } from '../say.ts';
import { exportAttachmentsCommand } from './attachments.ts';

const PAGE = 5_000;

type EventsPage = { events: readonly object[]; nextCursor: string | null };
type ReadPage = (after: string | undefined) => Promise<EventsPage>;

/** Writes page after page, waiting where the reader of a pipe is slow. */
async function writeAll(read: ReadPage, out: Writable): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const { events, nextCursor } = await read(after);
    for (const event of events) if (!out.write(`${JSON.stringify(event)}\n`)) await once(out, 'drain');
    count += events.length;
    after = nextCursor ?? undefined;
  } while (after !== undefined);
  return count;
}

async function exportEvents({ out: file }: { out?: string }): Promise<void> {
  const out: Writable = file === undefined || file === '-' ? process.stdout : createWriteStream(file);
  const count = await atTheData({
    async viaServer(client) {
      // What is still being read would be missing from the file, and nobody would see it.
      const troubles = await client.troubles();
      if (troubles.length > 0)
        throw new Failure(`The whole stream cannot be read at the moment: ${troubles.join(' ')}`);
      return writeAll(
        (after) =>
          client.get<EventsPage>(
            `/events?limit=${PAGE}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
          ),
        out,
      );
    },
    async alone({ reads, projection }) {
      await projection.caughtUp();
      return writeAll(async (after) => {
        const { items, nextCursor } = await reads.events({
          limit: PAGE,
          ...(after === undefined ? {} : { after }),
        });
        return { events: items, nextCursor };
      }, out);
    },
  });
  if (out !== process.stdout) {
    out.end();
    await finished(out);
  }
  tell(`${countText(count)} events exported.`);
}

export const exportCommand = (): Command =>
  new Command('export')
    .description('write what the product holds')
    .addCommand(
      new Command('events')
        .description(
          'the whole stream as NDJSON in stream order, each envelope with recordedtime and position',
        )
        .option('--out <file>', 'a file instead of standard output')
        .action(exportEvents),
    )
    .addCommand(exportAttachmentsCommand());
