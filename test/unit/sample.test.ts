import { describe, expect, it } from 'vitest';
import { project } from '#ingest/project/project.ts';
import { describeFaults, parseEvent } from '#schemas/admission.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { dayIn } from '#schemas/dates.ts';
import type { Envelope } from '#schemas/events.ts';
import { misfits } from '#schemas/fit.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { recordsOf } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { historiesOf } from '#test/support/sampleScores.ts';
import { generateSample } from '../../sample/generate.ts';
import { TITLES } from '../../sample/titles/titles.ts';
import { UNITS } from '../../sample/units.ts';

const TODAY = '2026-11-20';
const events = generateSample({ today: TODAY });

const identityOf = ({ subject, source, id }: Envelope) => `${subject} ${source} ${id}`;

describe('the sample', () => {
  it('given the same seed and day, then it is the same to the byte; another seed tells another story', () => {
    expect(JSON.stringify(generateSample({ today: TODAY }))).toBe(JSON.stringify(events));
    expect(JSON.stringify(generateSample({ today: TODAY, seed: 77 }))).not.toBe(JSON.stringify(events));
  });

  it('given an earlier day of the same year, then it is a prefix: the past does not change with the clock', () => {
    const earlier = generateSample({ today: '2026-05-18' });
    expect(earlier.length).toBeGreaterThan(6_000);
    expect(JSON.stringify(events.slice(0, earlier.length))).toBe(JSON.stringify(earlier));
  });

  it('given a November day, then it has some ten thousand events of every type but the server’s own', () => {
    expect(events.length).toBeGreaterThan(10_000);
    expect(events.length).toBeLessThan(14_000);
    const types = new Set<string>(events.map(({ type }) => type));
    expect(types.size).toBe(13);
    expect(types.has('result.frozen') || types.has('commendation.awarded')).toBe(false);
  });

  it.each(['2025-01-01', '2026-01-05', '2027-03-01', '2028-02-29', '2031-12-31'])(
    'given the day %s, then last year is whole and nothing is recorded on that day or later',
    (today) => {
      const sample = generateSample({ today });
      const year = Number(today.slice(0, 4));
      expect(sample.length).toBeGreaterThan(5_000);
      expect(sample.length).toBeLessThan(14_000);
      expect(sample[0]?.recordedtime.startsWith(`${year - 1}-01-0`)).toBe(true);
      const last = sample.at(-1)?.recordedtime ?? '';
      expect(dayIn('Asia/Shanghai', Date.parse(last)) < today).toBe(true);
      expect(sample.filter((event, index) => index % 7 === 0 && !parseEvent(event).ok)).toEqual([]);
    },
  );

  it('given any event, then the shape, the sender and the year are right', () => {
    const faults = events.flatMap((event) => {
      const parsed = parseEvent(event);
      return parsed.ok ? [] : [`${identityOf(event)}: ${describeFaults(parsed.faults)}`];
    });
    expect(faults).toEqual([]);
  });

  it('given any activity, then it fits the plan', () => {
    const faults = events.flatMap((event) =>
      event.type === 'activity.recorded' || event.type === 'activity.amended'
        ? misfits(plan2026, event.data).map((fault) => ({ event: identityOf(event), fault }))
        : [],
    );
    expect(faults).toEqual([]);
  });

  it('given the order, then recorded times never decrease, follow the sending, and are office hours of Shanghai', () => {
    const odd = events.filter(({ recordedtime, time = '' }, index) => {
      const hour = new Date(Date.parse(recordedtime) + 8 * 3_600_000).getUTCHours();
      const previous = events[index - 1]?.recordedtime ?? '';
      return recordedtime < previous || time >= recordedtime || hour < 8 || hour >= 18;
    });
    expect(odd).toEqual([]);
  });

  it('given an identity that comes twice, then its content is the same', () => {
    const contents = new Map<string, string>();
    const conflicts = events.filter((event) => {
      const content = canonicalJson({ type: event.type, data: event.data });
      const first = contents.get(identityOf(event)) ?? content;
      contents.set(identityOf(event), first);
      return first !== content;
    });
    expect(conflicts).toEqual([]);
    expect(events.length - contents.size).toBeGreaterThan(100);
  });

  it('given the rules for what may follow what, then the independent reading refuses nothing', () => {
    const histories = historiesOf(events);
    expect(histories.size).toBe(48);
    for (const [unit, { quarantined }] of histories) expect([unit, quarantined]).toEqual([unit, []]);
  });

  it('given the projection of the product, then it quarantines nothing either', () => {
    const records = recordsOf(events, 0, 0);
    expect(project(memoryState().view, records).quarantined).toBe(0);
  });

  it('given the teams, then 48 with different names stand in five groups', () => {
    expect(UNITS).toHaveLength(48);
    expect(new Set(UNITS.map(({ name }) => name)).size).toBe(48);
    expect(new Set(UNITS.map(({ group }) => group)).size).toBe(5);
  });

  it('given any kind that units report, then at least eight titles are to be had and no slot stays unfilled', () => {
    const kinds = [...plan2026.requirements, ...plan2026.conditions].map(({ kind }) => kind);
    for (const kind of kinds.filter((id) => id !== 'self-inspection')) {
      const patterns = Object.entries(TITLES).filter(([key]) => key.split('/')[0] === kind);
      expect([kind, patterns.flatMap(([, list]) => list).length >= 8]).toEqual([kind, true]);
    }
    const titles = events.flatMap(({ data }) =>
      'kind' in data && 'title' in data ? [String(data.title)] : [],
    );
    expect(titles.filter((title) => /[{}]|undefined/.test(title))).toEqual([]);
    expect(new Set(titles).size).toBeGreaterThan(3_000);
  });
});
