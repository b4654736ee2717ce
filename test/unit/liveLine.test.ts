import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHub } from '../../dashboard/live/hub.ts';
import { BEAT_MS, type Message, NEWS, SILENCE_MS } from '../../dashboard/live/messages.ts';
import { openSource } from '../../dashboard/live/source.ts';

/** A line is what it is said to be: three beats that are missing make it a lost one, and it is tried again. */

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    FakeSource.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(news: string, data = '{}'): void {
    this.dispatchEvent(new MessageEvent(news, { data }));
  }
}

const latest = (): FakeSource => FakeSource.all.at(-1) as FakeSource;
const opened = () => FakeSource.all.filter(({ readyState }) => readyState !== 2).length;
const open = () => new FakeSource() as unknown as EventSource;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
});
afterEach(() => vi.useRealTimers());

function line() {
  const heard: Message[] = [];
  const made = openSource((message) => heard.push(message), { open });
  latest().onopen?.();
  const states = () => heard.flatMap((message) => ('state' in message ? [message.state] : []));
  const news = () => heard.flatMap((message) => ('news' in message ? [message.news] : []));
  return { made, states, news };
}

describe('given a line', () => {
  it('while beats come, then it is live, and what is said is heard', () => {
    const { made, states, news } = line();
    for (let beat = 0; beat < 30; beat++) {
      vi.advanceTimersByTime(BEAT_MS);
      latest().say('beat');
    }
    expect(states()).toEqual(['live']);
    for (const one of NEWS) latest().say(one, '1');
    expect(news().slice(30)).toEqual(NEWS.filter((one) => one !== 'watermark'));
    latest().say('watermark', '2');
    expect(news().at(-1)).toBe('watermark');
    made.close();
  });

  it('when it falls silent without a word, then it is lost after three beats, and tried anew until it answers', () => {
    const { made, states } = line();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(states()).toEqual(['live']);
    vi.advanceTimersByTime(BEAT_MS);
    expect(states()).toEqual(['live', 'lost']);
    expect(FakeSource.all.length).toBe(2);
    vi.advanceTimersByTime(2 * SILENCE_MS);
    expect(FakeSource.all.length).toBeGreaterThan(2);
    expect(opened()).toBe(1);
    latest().onopen?.();
    expect(states()).toEqual(['live', 'lost', 'live']);
    made.close();
    expect(opened()).toBe(0);
  });

  it('when the machine has slept, then one look is enough', () => {
    const { made, states } = line();
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    made.look();
    expect(states()).toEqual(['live', 'lost']);
    expect(FakeSource.all.length).toBe(2);
    made.close();
  });

  it('when it comes back, then another watermark is news, and the same one is not', () => {
    const { made, news } = line();
    latest().say('watermark', '7');
    for (const [watermark, expected] of [
      ['7', []],
      ['8', ['watermark']],
    ] as const) {
      vi.advanceTimersByTime(2 * SILENCE_MS);
      const before = news().length;
      latest().onopen?.();
      latest().say('watermark', watermark);
      expect(news().slice(before)).toEqual(expected);
    }
    made.close();
  });

  it('when the browser gives it up, then it is tried again', () => {
    const { made, states } = line();
    latest().readyState = 2;
    latest().onerror?.();
    vi.advanceTimersByTime(BEAT_MS);
    expect([states(), FakeSource.all.length, opened()]).toEqual([['live', 'lost'], 2, 1]);
    made.close();
  });
});

describe('given eight who listen', () => {
  it('then there is one line, each hears all, and the last to leave closes it', () => {
    const hub = createHub((hear) => openSource(hear, { open }));
    const heard = Array.from({ length: 8 }, () => [] as Message[]);
    const ears = heard.map((mine) => (message: Message) => void mine.push(message));
    for (const ear of ears) hub.join(ear);
    latest().onopen?.();
    latest().say('ranks');
    expect(FakeSource.all).toHaveLength(1);
    for (const mine of heard)
      expect(mine.slice(-2)).toEqual([{ state: 'live' }, { news: 'ranks', data: '{}' }]);
    for (const ear of ears.slice(1)) hub.leave(ear);
    expect(opened()).toBe(1);
    hub.leave(ears[0] as never);
    expect(opened()).toBe(0);
  });
});
