import type { Envelope } from '#schemas/events.ts';
import { openDuckDb } from './duckdb.ts';
import { rawChdb } from './intake.ts';
import { askPeer, mustAgree } from './peers.ts';
import { atLeast, atMost, type BenchRow, median, timed } from './rows.ts';
import { eventsOf, randomOf, unitName, type World } from './world.ts';
import type { Say, Zone } from './zone.ts';

/** The projection of a large zone from the stream, and its ranking: cold, repeated, and after new events. */

/** What the engine takes a second hardly changes with more; making all rows of a large zone first takes gigabytes. */
const NATIVE_ACTIVITIES = 300_000;

/** One hundred more activities, as they come in the course of a day. */
function more(world: World, round: number): Envelope[] {
  const random = randomOf(world.units + round);
  return Array.from({ length: 100 }, (_, index) => {
    const unit = unitName(Math.floor(random() * world.units));
    const recordedtime = new Date(Date.UTC(world.plan.year + 1, 0, 1, round, 0, index)).toISOString();
    return {
      specversion: '1.0',
      id: `more-${round}-${index}`,
      source: `/units/${unit}`,
      subject: unit,
      type: 'activity.recorded',
      recordedtime,
      data: {
        activity: `more-${round}-${index}`,
        unit,
        year: world.plan.year,
        kind: 'research',
        occurredOn: `${world.plan.year}-12-31`,
        title: '第四季度专题调研',
      },
    } as Envelope;
  });
}

async function besideDuckDb(zone: Zone, world: World, say: Say): Promise<BenchRow> {
  const ours = await zone.cold();
  say('DuckDB, the same events …');
  const duck = await openDuckDb(world.plan, 2);
  await duck.load(eventsOf(world));
  const theirs = await askPeer(duck);
  await duck.close();
  const apart = mustAgree('DuckDB', ours.rows, theirs.rows);
  say(`all ${ours.rows.length} totals agree (${apart} by a rounding of doubles)`);
  return atMost(
    { name: 'ranking, cold, to JSON', ours: ours.ms, unit: 'ms', peerName: 'DuckDB', peer: theirs.ms },
    0.5,
  );
}

/** Comes last of what looks at a zone: it adds events. */
async function again(zone: Zone, world: World): Promise<BenchRow[]> {
  const { stream, ingest, question } = zone;
  const reads = zone.open();
  const ask = () => reads.reads.ranking(question, {});
  await ask();
  // An answer that waits for its bands: they are not under way any more once it is there.
  await reads.reads.ranking({ ...question, asOf: new Date(zone.now()).toISOString() }, {});
  const same: number[] = [];
  for (let round = 0; round < 50; round++) same.push((await timed(ask)).ms);
  const after: number[] = [];
  for (let round = 0; round < 10; round++) {
    await stream.append(more(world, round));
    await ingest.caughtUp();
    after.push((await timed(ask)).ms);
  }
  const beside = { unit: 'ms', peerName: 'limit' };
  return [
    atMost({ name: 'the same again', ours: median(same), ...beside, peer: 5 }, 1),
    atMost({ name: 'after 100 new events', ours: median(after), ...beside, peer: 100 }, 1),
  ];
}

export async function benchRanking(zone: Zone, world: World, say: Say): Promise<BenchRow[]> {
  const rate = zone.events / (zone.rebuildMs / 1_000);
  const rebuild = { name: 'rebuild of the store from the stream', ours: rate, unit: 'events/s' };
  say('chDB alone, the same rows in its own format …');
  const native = await rawChdb(Math.min(world.activities, NATIVE_ACTIVITIES), 'native');
  return [
    atLeast({ ...rebuild, peerName: 'limit', peer: 100_000 }, 1),
    atLeast({ ...rebuild, peerName: 'chDB alone, Native', peer: native }, 0.5),
    await besideDuckDb(zone, world, say),
    ...(await again(zone, world)),
  ];
}
