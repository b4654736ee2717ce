import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Freezes } from '#api/freeze/freezes.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { adopted, recorded, registered, type Sent } from '#test/support/events.ts';
import { openFreezesFor } from '#test/support/freezes.ts';
import { type OneSystem, openStoreForTests, withSystem } from '#test/support/oneSystem.ts';

const digest = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 6962's definition over the leaves, sorted as the specification says; nothing of ours in it but canonical JSON. */
function definedRoot(events: readonly Sent[], asOf: string): string {
  const sealed = events
    .map((event, order) => ({ event, order, subject: Buffer.from(event.subject) }))
    .filter(({ event }) => (event.recordedtime ?? '') <= asOf)
    .sort(
      (a, b) =>
        Date.parse(a.event.recordedtime ?? '') - Date.parse(b.event.recordedtime ?? '') ||
        Buffer.compare(a.subject, b.subject) ||
        a.order - b.order,
    )
    .map(({ event }) => digest(Buffer.of(0), canonicalJson(event)));
  const root = (leaves: readonly Buffer[]): Buffer => {
    if (leaves.length < 2) return leaves[0] ?? digest('');
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return digest(Buffer.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
  };
  return root(sealed).toString('hex');
}

const UNITS = ['a', 'b', 'é-1', '甲', '𠮷'];
const BASE = Date.parse('2026-05-01T00:00:00.000Z');
const AS_OF = '2026-06-01T00:00:00.000Z';
const at = (ms: number): string => new Date(BASE + ms).toISOString();

/** Events of several units; many are recorded in the same millisecond. */
function history(each: number): Map<string, Sent[]> {
  const bySubject = new Map<string, Sent[]>([['zone', [adopted(2026, 1, {})]]]);
  for (const unit of UNITS) {
    const own = [registered(unit, {}, { id: `registered` })];
    for (let index = 0; index < each; index++)
      own.push(recorded(unit, `r-${index}`, { title: `第 ${index} 次` }, { id: `r-${index}` }));
    bySubject.set(unit, own);
  }
  for (const events of bySubject.values())
    events.forEach((event, index) => {
      event.recordedtime = at(Math.floor(index / 3) * 5);
    });
  return bySubject;
}

/** One of the many orders in which a stream may hold them: order within each subject is kept. */
function interleaved(bySubject: ReadonlyMap<string, readonly Sent[]>, seed: number): Sent[] {
  const queues = [...bySubject.values()].map((events) => [...events]);
  const all: Sent[] = [];
  let random = seed;
  while (queues.some((queue) => queue.length > 0)) {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    const next = queues[Math.floor(random / 65_536) % queues.length]?.shift();
    if (next) all.push(next);
  }
  return all;
}

let opened: Awaited<ReturnType<typeof openStoreForTests>>;
let systems = 0;

beforeAll(async () => {
  opened = await openStoreForTests();
});
afterAll(() => opened?.close());

const freezesOf = (system: OneSystem): Freezes =>
  openFreezesFor(opened.store, join(opened.folder, `data-${++systems}`), system);

const rootOver = (events: readonly Sent[], asOf = AS_OF) =>
  withSystem(opened, events, async (system) => {
    const { freeze } = await freezesOf(system).seal(2026, asOf);
    return { root: freeze.root, events: freeze.events };
  });

describe('Given the same events', () => {
  it('when streams hold them in different orders, then the root is the same, and the one of the definition', async () => {
    const bySubject = history(40);
    const orders = [1, 2, 3].map((seed) => interleaved(bySubject, seed));
    const roots = [];
    for (const order of orders) roots.push(await rootOver(order));
    const all = [...bySubject.values()].flat();
    const expected = { root: definedRoot(all, AS_OF), events: all.length };
    expect(roots).toEqual([expected, expected, expected]);
  });

  it('when there are more than a page of them, then nothing is lost between pages', async () => {
    const all = interleaved(history(1_200), 7);
    expect(await rootOver(all)).toEqual({ root: definedRoot(all, AS_OF), events: all.length });
  });

  it('when only some were recorded by then, then only those are sealed', async () => {
    const all = interleaved(history(40), 1);
    const asOf = at(20);
    const { root, events } = await rootOver(all, asOf);
    expect(events).toBeLessThan(all.length);
    expect(root).toBe(definedRoot(all, asOf));
  });

  it('when moving them wrote some twice, then the root is the same', async () => {
    const all = interleaved(history(20), 5);
    const twice = [...all.slice(0, 30), ...all.slice(10, 30), ...all.slice(30), ...all.slice(-4)];
    expect(await rootOver(twice)).toEqual(await rootOver(all));
  });

  it('when there are none but the plan, then there is a seal over it', async () => {
    const events = [{ ...adopted(2026), recordedtime: at(0) }];
    expect(await rootOver(events)).toEqual({ root: definedRoot(events, AS_OF), events: 1 });
  });
});

describe('Given something in quarantine', () => {
  it('when a year shall be sealed, then that is refused in a sentence, whenever the event was recorded', async () => {
    const stranger = {
      ...recorded('a', 'r-99', { occurredOn: '2031-01-01' }),
      recordedtime: '2026-07-01T00:00:00.000Z',
    };
    const sealing = withSystem(opened, [...interleaved(history(3), 1), stranger], (system) =>
      freezesOf(system).seal(2026, AS_OF),
    );
    await expect(sealing).rejects.toThrow(/1 event is in quarantine, so the result is not complete/);
  });
});

describe('Given two orders to seal at the same time', () => {
  it('then one comes after the other and begins with its events', async () => {
    const answers = await withSystem(opened, interleaved(history(10), 2), async (system) => {
      const freezes = freezesOf(system);
      return Promise.all([freezes.seal(2026), freezes.seal(2026)]);
    });
    const [first, second] = answers.map(({ freezes }) => freezes.at(-1));
    const [one, two] = answers[1]?.freezes ?? [];
    expect([first?.number, second?.number].includes(2)).toBe(true);
    expect(two?.previous).toEqual({ asOf: one?.asOf, events: one?.events, root: one?.root });
  });
});
