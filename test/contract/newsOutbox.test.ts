import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_NEWS, openOutbox } from '#api/news/outbox.ts';
import { openNewsStore } from '#api/news/store.ts';

type Step = { person: number; does: 'queue' | 'send' | 'try'; many: number };
const step = fc.record<Step>({
  person: fc.integer({ min: 0, max: 2 }),
  does: fc.constantFrom('queue', 'queue', 'send', 'try'),
  many: fc.integer({ min: 1, max: 60 }),
});

test('whatever happens, one message waits for a person, and every piece of news is in one message or counted there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-outbox-'));
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        run += 1;
        const store = openNewsStore(join(folder, String(run)));
        const outbox = openOutbox(store);
        const told = [0, 0, 0];
        let seq = 0;
        await store.write(() => {
          for (const [at, { person, does, many }] of steps.entries()) {
            const account = `p-${person}`;
            if (does === 'queue') {
              const seqs = Array.from({ length: many }, () => ++seq);
              outbox.queue({ account, channel: 'mail', of: 'at-once', seqs }, at);
              told[person] = (told[person] ?? 0) + many;
            }
            const own = outbox.pending().find((one) => one.account === account);
            if (own && does === 'send') outbox.change(own.id, { state: 'sent', sentAt: at });
            if (own && does === 'try') outbox.change(own.id, { tries: own.tries + 1, nextAt: at + 9 });
          }
        });
        const waiting = outbox.pending().map(({ account }) => account);
        expect(new Set(waiting).size).toBe(waiting.length);
        const all = outbox.latest(1_000);
        for (const [person, count] of told.entries()) {
          const own = all.filter(({ account }) => account === `p-${person}`);
          expect(own.reduce((sum, { seqs, more }) => sum + seqs.length + more, 0)).toBe(count);
          for (const { seqs } of own) expect(seqs.length).toBeLessThanOrEqual(MOST_NEWS);
        }
        const ids = all.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        await store.close();
      }),
      { numRuns: 25 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
