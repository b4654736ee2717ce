import { Command, InvalidArgumentError } from 'commander';
import { day } from '#schemas/dates.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { atTheData } from '../place.ts';
import { tell } from '../say.ts';

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('give a whole number.');
  return Number(text);
}

function parseToday(text: string): string {
  if (!day.safeParse(text).success) throw new InvalidArgumentError('give a day such as 2026-11-22.');
  return text;
}

export const sampleCommand = (): Command =>
  new Command('sample')
    .description('load the sample, last year and this year so far, into an empty stream')
    .option(
      '--seed <number>',
      'another number, other teams: the same number and day give the same events',
      parseSeed,
    )
    .option('--today <day>', 'the day up to which things have happened (default: today)', parseToday)
    .action(async (options: { seed?: number; today?: string }) => {
      const { events } = await atTheData({
        viaServer: (client) => client.send<{ events: number }>('POST', '/sample', options),
        alone: (system) => system.intake.sample(options),
      });
      tell(`${countText(events)} events loaded.`);
    });
