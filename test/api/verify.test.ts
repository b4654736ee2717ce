import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SealedFile } from '#schemas/manifest.ts';
import { adopted, fromOrganisation, recorded, registered, type Sent } from '#test/support/events.ts';
import { openFreezesFor } from '#test/support/freezes.ts';
import { withSystem } from '#test/support/oneSystem.ts';
import {
  first,
  folder,
  indexOf,
  type Line,
  lines,
  noted,
  of,
  opened,
  parse,
  START,
  sealedYear,
  second,
  verify,
  write,
} from '#test/support/sealedYear.ts';
import { runTool } from '#test/support/tool.ts';

sealedYear();

describe('Given a sealed year and the events exported later', () => {
  it('when nothing was touched, then each seal is good, and what came late changes nothing', async () => {
    const one = await verify(first(), lines);
    expect(one.findings).toEqual([]);
    expect(noted(one, 'late')).toMatchObject({ count: 4 });
    const two = await verify(second(), lines);
    expect(two.findings).toEqual([]);
    expect(noted(two, 'late')).toMatchObject({ count: 2 });
  });

  it('when it was exported before the seal was made, then it is good, too', async () => {
    const before = lines.slice(
      0,
      lines.findIndex((line) => parse(line).type === 'result.frozen'),
    );
    const found = await verify(first(), before);
    expect(found.findings).toEqual([]);
    expect(noted(found, 'no-record')).toBeDefined();
  });

  it('when events stand in another order that keeps each subject’s, or repeat, then that is no difference', async () => {
    const withoutPositions = lines.map((line) => {
      const { position: _, ...event } = parse(line);
      return JSON.stringify(event);
    });
    const subjectOf = (line: string): string => String(parse(line).subject);
    const bySubject = withoutPositions.toSorted((a, b) => (subjectOf(a) < subjectOf(b) ? -1 : 1));
    const at = bySubject.findIndex((line) => parse(line).id === 'u-3.1');
    const sentAgain = { ...parse(bySubject[at]), time: '2026-11-01T00:00:00Z' };
    const repeated = bySubject.toSpliced(at + 1, 0, bySubject[at] ?? '', JSON.stringify(sentAgain));
    const found = await verify(first(), repeated);
    expect(found.findings).toEqual([]);
    expect(noted(found, 'copies')).toMatchObject({ count: 2 });
  });

  it('when an event comes later, though dated before, then it is told and changes nothing', async () => {
    const backdated = { ...registered('u-9'), id: 'backdated', recordedtime: new Date(START).toISOString() };
    const found = await verify(first(), [...lines, JSON.stringify(backdated)]);
    expect(found.findings).toEqual([]);
    expect(noted(found, 'backdated')).toMatchObject({ event: { id: 'backdated' } });
  });
});

describe('Given the tool, without server, data folder or settings', () => {
  const nowhere = { PORT: 'none', DATA_DIR: '/nowhere' };

  it('when all is as sealed, then it says so in the language of the terminal, with exit code 0', async () => {
    const args = ['verify', write(first()), '--events', write(lines.join('\n'))];
    const { code, out } = await runTool(args, { ...nowhere, LC_ALL: 'zh_CN.UTF-8' });
    expect([code, out]).toEqual([0, expect.stringContaining('相符：2026 年')]);
  });

  it('when an event is gone, then it names its place, with exit code 1; and as JSON for scripts', async () => {
    const args = [
      'verify',
      write(first()),
      '--events',
      write(lines.toSpliced(indexOf('u-2.0'), 1).join('\n')),
    ];
    const english = await runTool(args, { ...nowhere, LC_ALL: 'C' });
    expect(english.code).toBe(1);
    expect(english.out).toMatch(
      /Not good[\s\S]*Sealed event \d+ is missing after line \d+ .*passes over 0-\d+/,
    );
    const json = await runTool([...args, '--json'], nowhere);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, year: 2026 });
  });
});

/** Each way to spell a time that RFC 3339 allows: fractions of any length, zones, small letters. */
const TIMES = ['', '.0', '.10', '.120', '.1234', '.123456', '.999999999'].flatMap((fraction) =>
  [
    ['T', 'Z', '02'],
    ['t', 'z', '02'],
    ['T', '+08:00', '10'],
    ['T', '-00:00', '02'],
    ['t', '-01:30', '00'],
  ].map(([t, zone, hour], index) => (second: number): string => {
    const minute = zone === '-01:30' ? '30' : '00';
    return `2026-09-01${t}${hour}:${minute}:${String(second + index).padStart(2, '0')}${fraction}${zone}`;
  }),
);

/** Spellings of one and the same activity beside that of its times: numbers, order of members, letters, attributes. */
const SPELLINGS: readonly ((event: Sent) => string)[] = [
  (event) => JSON.stringify(event),
  (event) => JSON.stringify(event).replace('"data":{', '"data":{"quantity":2.50e+1,'),
  (event) => JSON.stringify(event).replace('"data":{', '"data":{"quantity":7.0,'),
  (event) => JSON.stringify(Object.fromEntries(Object.entries(event).reverse())),
  (event) =>
    JSON.stringify({ ...event, z1: true, a2: -0, traceparent: 'e\u0301 é \ufb01 𠮷', datacontenttype: null }),
  (event) => JSON.stringify(event).replace('"title":"', '"title":"\\u4e13\\/\\ud842\\udfb7 e\u0301 '),
];

describe('Given events whose senders spell what they say in every legal way', () => {
  it('when they are restored, sealed and exported, then the seal is good, and again from a restored export', async () => {
    const spelled = TIMES.map((at, index) => {
      const event = recorded('u-1', `s-${index}`, { occurredOn: '2026-05-03' }, { id: `s-${index}` });
      const recordedtime = at(0);
      const spell = SPELLINGS[index % SPELLINGS.length] as (event: Sent) => string;
      return spell(Object.assign(event, { time: recordedtime, recordedtime }));
    });
    const instant = (line: string): number => Date.parse(String((JSON.parse(line) as Line).recordedtime));
    const sent = spelled
      .toSorted((a, b) => instant(a) - instant(b))
      .map((line) => JSON.parse(line) as object);
    const refused = fromOrganisation('u-2', 'activity.retracted', { activity: 'none', reason: '误报' });
    const before = [adopted(2026), registered('u-1'), registered('u-2')].map((event) => ({
      ...event,
      recordedtime: '2026-08-01T10:00:00+08:00',
    }));
    const stream = [...before, { ...refused, recordedtime: '2026-09-01T10:00:00+08:00' }, ...sent];
    const exportAfter = async (events: readonly unknown[]): Promise<{ seal: string; exported: string[] }> =>
      withSystem(opened, events, async (system) => {
        const place = mkdtempSync(join(folder, 'spelled-'));
        const handled = () => ({ how: 'dismissed', reason: '误报' }) as const;
        const freezes = openFreezesFor(opened.store, place, system, handled);
        await freezes.seal(2026);
        const text = (await freezes.file({ year: 2026 })).bytes.toString();
        const { items } = await system.reads.events({ limit: 1_000 });
        return { seal: text, exported: items.map((event) => JSON.stringify(event)) };
      });
    const { seal, exported } = await exportAfter(stream);
    expect((JSON.parse(seal) as SealedFile).manifest.events).toBe(before.length + sent.length);
    const found = await verify(seal, exported);
    expect(found.findings).toEqual([]);
    expect(noted(found, 'set-aside')).toMatchObject({ count: 1 });
    const moved = await exportAfter(exported.map((line) => JSON.parse(line) as unknown));
    expect((await verify(seal, moved.exported)).findings).toEqual([]);
  });
});

describe('Given quite another export', () => {
  it('when nothing fits, then the first of many differences are named and the rest counted', async () => {
    const others = Array.from({ length: 400 }, (_, index) => {
      const event = recorded('u-1', `x-${index}`, {}, { id: `x-${index}` });
      return JSON.stringify({ ...event, recordedtime: new Date(START + index).toISOString() });
    });
    const found = await verify(first(), others);
    expect(found.findings.length).toBeLessThan(250);
    expect(of(found, 'more').length).toBeGreaterThan(0);
    expect((await verify(first(), [])).findings.length).toBeGreaterThan(5);
  });

  it('when an event is gone beside one that repeats another, then the right one is named', async () => {
    const index = indexOf('u-3.1');
    const again = JSON.stringify({
      ...parse(lines[index - 1]),
      time: '2026-11-01T00:00:00Z',
      position: undefined,
    });
    const found = await verify(first(), lines.toSpliced(index, 1, again));
    expect(of(found, 'missing')).toMatchObject([{ after: { id: 'u-3.0' }, before: { id: 'u-3.2' } }]);
    expect(of(found, 'changed')).toEqual([]);
  });
});
