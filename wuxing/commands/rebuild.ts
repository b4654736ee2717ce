import { Command } from 'commander';
import { countText } from '#schemas/presentation/numbers.ts';
import { atTheData } from '../place.ts';
import { tell } from '../say.ts';

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description('drop the store and replay the stream into it; the answers afterwards are the same bytes')
    .action(async () => {
      const { events } = await atTheData({
        viaServer: (client) => {
          tell(`Process ${client.pid} rebuilds; its answers say "complete": false meanwhile.`);
          return client.send<{ events: number }>('POST', '/rebuild');
        },
        alone: async (system) => {
          const { SingleBar } = await import('cli-progress');
          const bar = new SingleBar({
            format: '{bar} {percentage}% | {value}/{total} events | {eta_formatted} left',
          });
          bar.start(0, 0);
          const done = await system.projection.rebuild((value, total) => {
            bar.setTotal(total);
            bar.update(value);
          });
          bar.stop();
          return done;
        },
      });
      tell(`${countText(events)} events replayed.`);
    });
