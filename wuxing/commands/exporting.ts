import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { countText } from '#schemas/presentation/numbers.ts';
import { atTheData } from '../place.ts';
import { Failure, mustBeWritable, tell } from '../say.ts';
import { exportAttachmentsCommand } from './attachments.ts';

const PAGE = 5_000;

type EventsPage = { events: readonly object[]; nextCursor: string | null };
type ReadPage = (after: string | undefined) => Promise<EventsPage>;

/** The lines of all pages, one after another. */
async function* linesOf(read: ReadPage, counted: (events: number) => void): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const { events, nextCursor } = await read(after);
    counted(events.length);
    for (const event of events) yield `${JSON.stringify(event)}\n`;
    after = nextCursor ?? undefined;
  } while (after !== undefined);
}

/** Whoever reads a pipe may have enough of it (`| head`); a disk may be full. */
const isOfWriting = (error: unknown): boolean =>
  ['EPIPE', 'ENOSPC', 'EIO', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '');

async function exportEvents({ out: file }: { out?: string }): Promise<void> {
  await mustBeWritable(file);
  const toScreen = file === undefined || file === '-';
  const out: Writable = toScreen ? process.stdout : createWriteStream(file);
  let count = 0;
  const writeAll = (read: ReadPage): Promise<void> =>
    pipeline(
      linesOf(read, (events) => {
        count += events;
      }),
      out,
      { end: !toScreen },
    ).catch((cause: unknown) => {
      throw isOfWriting(cause)
        ? new Failure(`${toScreen ? 'The output' : file} cannot be written any further.`, { cause })
        : cause;
    });
  await atTheData({
    async viaServer(client) {
      // What is still being read would be missing from the file, and nobody would see it.
      const troubles = await client.troubles();
      if (troubles.length > 0)
        throw new Failure(`The whole stream cannot be read at the moment: ${troubles.join(' ')}`);
      return writeAll((after) =>
        client.get<EventsPage>(
          `/events?limit=${PAGE}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
        ),
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
      });
    },
  });
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
