import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { timestamp } from '#schemas/dates.ts';
import type { SealedYear } from '#schemas/freezes.ts';
import { type SealedFile, sealedFileText } from '#schemas/manifest.ts';
import { YEAR_MAX, YEAR_MIN } from '#schemas/plan.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { audited } from '../audited.ts';
import { atTheData } from '../place.ts';
import { deliver, mustBeWritable, tell } from '../say.ts';

function parseYear(text: string): number {
  const year = Number(text);
  if (/^\d{4}$/.test(text) && year >= YEAR_MIN && year <= YEAR_MAX) return year;
  throw new InvalidArgumentError('give a year such as 2026.');
}

function parseTime(text: string): string {
  if (timestamp.safeParse(text).success) return text;
  throw new InvalidArgumentError('give a time such as 2026-12-31T18:00:00+08:00.');
}

type Options = { asOf?: string; out?: string };
type Made = { sealed: SealedYear; file: string };

async function freeze(year: number, { asOf, out }: Options): Promise<void> {
  await mustBeWritable(out);
  const { sealed, file } = await atTheData<Made>({
    viaServer: async (client) => {
      const sealed = await client.send<SealedYear>(
        'POST',
        `/freezes/${year}`,
        asOf === undefined ? {} : { asOf },
      );
      return { sealed, file: sealedFileText(await client.get<SealedFile>(`/freezes/${year}/file`)) };
    },
    alone: async (system, config) => {
      const sealed = await system.freezes.seal(year, asOf);
      const { number, root, events, manifest, asOf: sealedAsOf } = sealed.freeze;
      const details = { year, number, asOf: sealedAsOf, events, root, manifest };
      await audited(config.dataDir, 'year.sealed', details);
      return { sealed, file: (await system.freezes.file({ year })).bytes.toString() };
    },
  });
  if (out === undefined || out === '-') deliver(file);
  else await writeFile(out, file);
  const { events, root } = sealed.freeze;
  tell(`${year} is sealed as of ${sealed.freeze.asOf}: ${countText(events)} events, root ${root}.`);
}

export const freezeCommand = (): Command =>
  new Command('freeze')
    .description('seal a year: its result, signed, with the root over all events behind it')
    .argument('<year>', 'the year', parseYear)
    .option('--as-of <time>', 'seal what was recorded up to then (default: now)', parseTime)
    .option('--out <file>', 'where the sealed file goes instead of standard output')
    .action(freeze);
