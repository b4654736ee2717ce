import { expect, test } from 'vitest';
import { reach, saidOnce, Unreachable } from '#ingest/reach.ts';
import { createTroubleLog, spanIn } from '#ingest/troubleLog.ts';

const recorder = () => {
  const lines: string[] = [];
  const take = (_: object, message: string): void => void lines.push(message);
  return { lines, log: { info: take, warn: take } };
};

test('a trouble is told once when it begins and once when it is over, however it flickers in between', () => {
  const { lines, log } = recorder();
  let [now, trouble] = [0, undefined as string | undefined];
  const watch = createTroubleLog({ trouble: () => trouble, log, clock: () => now });
  const look = (said: string | undefined): void => {
    now += 1_000;
    trouble = said;
    watch.look();
  };
  for (const said of [undefined, 'a', 'b', undefined, 'a', undefined, undefined, 'c']) look(said);
  expect(lines).toEqual(['something that is needed does not answer; it is tried again until it does']);
  for (let again = 0; again < 5; again++) look(undefined);
  expect(lines.slice(1)).toEqual(['it works again, after 7 s']);
  look('d');
  expect(lines).toHaveLength(3);
});

test('what is not there is waited for; what is wrong, and where nobody waits, is told', async () => {
  const { lines, log } = recorder();
  const shown: (string | undefined)[] = [];
  let left = 3;
  const open = async (): Promise<string> => {
    if (left-- > 0) throw new Error('connect ECONNREFUSED');
    return 'open';
  };
  const waiting = saidOnce(
    log,
    (sentence) => void shown.push(sentence),
    () => 0,
  );
  expect(await reach(open, { what: 'Kafka at k:9092', waiting, everyMs: 0 })).toBe('open');
  expect(lines).toEqual(['Waiting for Kafka at k:9092: connect ECONNREFUSED.', 'it is there, after 0 s']);
  expect(shown).toHaveLength(4);

  const wrong = async (): Promise<never> => {
    throw Object.assign(new Error('retries exceeded'), {
      cause: Object.assign(new Error('no such user'), { name: 'KafkaJSSASLAuthenticationError' }),
    });
  };
  await expect(reach(wrong, { what: 'Kafka', waiting })).rejects.toThrow(Unreachable);
  left = 1;
  await expect(reach(open, { what: 'Kafka' })).rejects.toThrow(
    'Kafka cannot be reached: connect ECONNREFUSED.',
  );
});

test('a length of time is told in the unit that a person would take', () => {
  expect([400, 59_600, 119_000, 121_000, 7_000_000, 7_300_000].map(spanIn)).toEqual([
    '0 s',
    '60 s',
    '119 s',
    '2 min',
    '117 min',
    '2 h',
  ]);
});
