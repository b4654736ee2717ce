import { spawn } from 'node:child_process';
import { atMost, type BenchRow } from './rows.ts';
import { environment, firstMatch, ROOT } from './server.ts';
import type { Say } from './zone.ts';

/** Ten times the activities for the same units. Each zone in a process of its own, since a process has one store. */

// More than an answer waits for the bands of: those take as long whatever was done.
const UNITS = 2_500;
const ACTIVITIES = 50_000;

type Times = { cold: number; again: number };

async function measure(units: number, activities: number, say: Say): Promise<Times> {
  say(`a zone of ${units} units and ${activities} activities …`);
  const child = spawn('node', ['test/bench/growthZone.ts', String(units), String(activities)], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await firstMatch(child, /(\{.*\})/)) as Times;
}

export async function benchGrowth(scale: number, say: Say): Promise<BenchRow[]> {
  const few = await measure(UNITS * scale, ACTIVITIES * scale, say);
  const many = await measure(UNITS * scale, ACTIVITIES * scale * 10, say);
  const beside = { unit: 'ms', peerName: 'a tenth of the activities' };
  return [
    atMost({ name: 'ten times the activities, cold ranking', ours: many.cold, ...beside, peer: few.cold }, 6),
    // Microseconds: two processes that do the same differ by up to that much.
    atMost({ name: 'ten times the activities, repeated', ours: many.again, ...beside, peer: few.again }, 2),
  ];
}
