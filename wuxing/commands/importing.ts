import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { openAccess } from '#api/access/access.ts';
import { LOCAL_TOOL } from '#api/access/audit.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { atTheData } from '../place.ts';
import { Failure, tell } from '../say.ts';

async function importEvents(file: string): Promise<void> {
  if (file !== '-') await access(file, constants.R_OK).catch(() => fail(file));
  const open = () => (file === '-' ? process.stdin : createReadStream(file));
  const { events } = await atTheData({
    viaServer: (client) =>
      client.stream<{ events: number }>('/imports?kind=events', 'application/x-ndjson', open()),
    alone: async (system, config) => {
      const done = await system.intake.restore(open());
      const audited = openAccess(config.dataDir);
      await audited.audit.record(LOCAL_TOOL, 'import.events', { ...done });
      await audited.close();
      return done;
    },
  });
  tell(`${countText(events)} events imported.`);
}

function fail(file: string): never {
  throw new Failure(`${file} cannot be read.`);
}

export const importCommand = (): Command =>
  new Command('import')
    .description('bring data in')
    .addCommand(
      new Command('events')
        .description(
          'append an exported stream as it is, recorded times kept, to an empty one (- reads standard input)',
        )
        .argument('<file>', 'NDJSON as `wuxing export events` writes it')
        .action(importEvents),
    );
