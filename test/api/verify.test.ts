import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#api/freeze/digest.ts';
import { clearStore } from '#ingest/store/checkpoint.ts';
import { type SealedFile, sealBytes, sealedFileText, sealOf } from '#schemas/manifest.ts';
import { adopted, fromOrganisation, recorded, registered, type Sent } from '#test/support/events.ts';
import { openFreezesFor } from '#test/support/freezes.ts';
import { openStoreForTests, withSystem } from '#test/support/oneSystem.ts';
import { runTool } from '#test/support/tool.ts';
import type { Finding, Note, Report } from '../../wuxing/verify/findings.ts';
import { verifySealed } from '../../wuxing/verify/verify.ts';

type Line = Record<string, unknown> & { id: string; position: string; data: Record<string, unknown> };

let folder: string;
/** The export, a line an event, and the files of the first and the second seal. */
let lines: string[];
let seals: string[];

const parse = (line: string | undefined): Line => JSON.parse(line ?? '') as Line;
const indexOf = (id: string): number => lines.findIndex((line) => parse(line).id === id);
const changed = (index: number, change: (event: Line) => void): string[] => {
  const event = parse(lines[index]);
  change(event);
  return lines.with(index, JSON.stringify(event));
};

let files = 0;
const write = (content: string): string => {
  const file = join(folder, `file-${++files}`);
  writeFileSync(file, content);
  return file;
};

/** The tool's own function, on the one store that a process may have. */
async function verify(seal: string, events: readonly string[], key?: string): Promise<Report> {
  const options = { sealed: write(seal), events: write(`${events.join('\n')}\n`), key };
  return verifySealed(options, async (use) => {
    await clearStore(opened.store);
    const lent = mkdtempSync(join(folder, 'lent-'));
    return use(opened.store, lent);
  });
}

const of = <K extends Finding['kind']>({ findings }: Report, kind: K): Extract<Finding, { kind: K }>[] =>
  findings.filter((finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind);
const noted = ({ notes }: Report, kind: Note['kind']): Note | undefined =>
  notes.find((note) => note.kind === kind);
const kinds = ({ findings }: Report): string[] => [...new Set(findings.map(({ kind }) => kind))].sort();
const edit = (text: string, change: (file: SealedFile) => void): string => {
  const file = JSON.parse(text) as SealedFile;
  change(file);
  return sealedFileText(file);
};

/** Two months before now, a second from one event to the next. */
const START = Date.now() - 60 * 86_400_000;

function history(): Sent[] {
  const events = [adopted(2026), ...['u-1', 'u-2', 'u-3'].map((unit) => registered(unit))];
  for (const unit of ['u-1', 'u-2', 'u-3']) {
    const days = ['2026-02-03', '2026-05-03', '2026-08-03'].slice(0, Number(unit.at(-1)));
    for (const [index, occurredOn] of days.entries())
      events.push(recorded(unit, `a-${index}`, { occurredOn }, { id: `${unit}.${index}` }));
  }
  return events.map((event, index) => ({
    ...event,
    recordedtime: new Date(START + index * 1_000).toISOString(),
  }));
}

let opened: Awaited<ReturnType<typeof openStoreForTests>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-verify-test-'));
  opened = await openStoreForTests();
  await withSystem(opened, history(), async (system) => {
    const { door, ingest, reads } = system;
    const freezes = openFreezesFor(opened.store, folder, system);
    const organisation = { role: 'organisation' } as const;
    await freezes.seal(2026);
    const retracted = fromOrganisation('u-3', 'activity.retracted', { activity: 'a-0', reason: '误报' });
    await door.submit([retracted], organisation);
    await freezes.seal(2026);
    await door.submit([recorded('u-1', 'late', {}, { id: 'late' })], { role: 'unit', unit: 'u-1' });
    await ingest.caughtUp();
    seals = [
      (await freezes.file({ year: 2026, freeze: 1 })).bytes.toString(),
      (await freezes.file({ year: 2026 })).bytes.toString(),
    ];
    lines = (await reads.events({ limit: 1_000 })).items.map((event) => JSON.stringify(event));
  });
});
afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true, force: true });
});

const first = (): string => seals[0] ?? '';
const second = (): string => seals[1] ?? '';

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

describe('Given an export that someone touched', () => {
  it('when one byte of an event differs, then the event is named', async () => {
    const index = indexOf('u-2.1');
    const title = changed(index, (event) => {
      event.data.title = '专题调砚';
    });
    const found = await verify(first(), title);
    expect(found.findings).toMatchObject([{ kind: 'changed', event: { line: index + 1, id: 'u-2.1' } }]);
  });

  it('when it moves an activity to another quarter, then the rows and fields that differ are named, too', async () => {
    const moved = changed(indexOf('u-3.1'), (event) => {
      event.data.occurredOn = '2026-02-04';
    });
    const found = await verify(first(), moved);
    expect(of(found, 'changed')).toMatchObject([{ event: { id: 'u-3.1' } }]);
    const own = of(found, 'row').filter(({ unit }) => unit === 'u-3');
    expect(own).toContainEqual({ kind: 'row', unit: 'u-3', field: 'total', sealed: '75', computed: '50' });
    expect(own.map(({ field }) => field)).toContain('criteria.learning');
  });

  it.each([
    ['id', 'id', 'u-2.x'],
    ['source', 'source', '/organisation'],
    ['time of recording', 'recordedtime', '2020-01-01T00:00:00.000Z'],
    ['time of sending', 'time', '2026-01-01T00:00:00Z'],
    ['type', 'type', 'activity.amendet'],
  ])('when the %s of an event differs, then its line is named', async (_, field, value) => {
    const index = indexOf('u-2.0');
    const touched = changed(index, (event) => {
      event[field] = value;
    });
    const found = await verify(first(), touched);
    const named = found.findings.map((finding) => ('event' in finding ? finding.event.line : 0));
    expect(named).toContain(index + 1);
  });

  it('when an event is left out, then its place and its position are named', async () => {
    const index = indexOf('u-3.1');
    const { position } = parse(lines[index]);
    const found = await verify(first(), lines.toSpliced(index, 1));
    expect(of(found, 'missing')).toMatchObject([
      { after: { id: 'u-3.0' }, before: { id: 'u-3.2' }, positions: [position] },
    ]);
    expect(of(found, 'row').some(({ unit }) => unit === 'u-3')).toBe(true);
  });

  it('when an event is slipped in, then it is named', async () => {
    const index = indexOf('u-1.0');
    const forged = { ...parse(lines[index]), id: 'forged', position: undefined };
    const event = { ...forged, data: { ...forged.data, activity: 'forged', occurredOn: '2026-05-05' } };
    const found = await verify(first(), lines.toSpliced(index + 1, 0, JSON.stringify(event)));
    expect(of(found, 'added')).toMatchObject([{ event: { id: 'forged', line: index + 2 } }]);
    expect(of(found, 'row').some(({ unit }) => unit === 'u-1')).toBe(true);
  });

  it('when two events of a subject change places, then a line is named', async () => {
    const [a, b] = [indexOf('u-3.0'), indexOf('u-3.1')];
    const swapped = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
    const found = await verify(first(), swapped);
    expect(of(found, 'moved')).toMatchObject([{ event: { id: 'u-3.0', line: b + 1 } }]);
  });

  it('when a line is no JSON any more, then it is named', async () => {
    const index = indexOf('u-1.0');
    const found = await verify(first(), lines.with(index, (lines[index] ?? '').slice(0, -1)));
    expect(found.findings).toContainEqual({ kind: 'line', line: index + 1, why: 'no-object' });
    expect(kinds(found)).toContain('missing');
  });

  it('when the record of the seal before is left out, then the later seal misses it', async () => {
    const index = lines.findIndex((line) => parse(line).type === 'result.frozen');
    const found = await verify(second(), lines.toSpliced(index, 1));
    expect(kinds(found)).toEqual(['missing', 'previous']);
  });

  it('when any single byte of any sealed line differs, then something is found', async () => {
    const sealed = JSON.parse(first()) as SealedFile;
    const count = lines.findIndex((line) => (parse(line).recordedtime as string) > sealed.manifest.asOf);
    for (let line = 0; line < count; line++) {
      const bytes = Buffer.from(lines[line] ?? '');
      const at = (line * 37 + 11) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const found = await verify(first(), lines.with(line, bytes.toString('utf8')));
      expect([line, found.findings.length > 0]).toEqual([line, true]);
    }
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

describe('Given a sealed file that someone touched', () => {
  it('when a row is prettier, then the signature fails, and row and field are named', async () => {
    const prettier = edit(first(), ({ manifest: { rows } }) => {
      const row = rows.find(({ unit }) => unit === 'u-1');
      if (row) row.total = 99;
    });
    const found = await verify(prettier, lines);
    expect(kinds(found)).toEqual(['record', 'row', 'signature']);
    expect(of(found, 'row')).toEqual([
      { kind: 'row', unit: 'u-1', field: 'total', sealed: '99', computed: '25' },
    ]);
  });

  it('when the signature is another one, then it is not good', async () => {
    const swapped = edit(first(), (file) => {
      file.signature = (JSON.parse(second()) as SealedFile).signature;
    });
    expect(kinds(await verify(swapped, lines))).toEqual(['record', 'signature']);
  });

  it('when it is signed anew with another key, then the stream’s record and the trusted key tell', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const forged = edit(first(), (file) => {
      file.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      file.signature = sign(null, sealBytes(sealOf(sha256, file.manifest)), privateKey).toString('base64');
    });
    const found = await verify(forged, lines);
    expect(found.findings).toMatchObject([{ kind: 'record', fields: ['signature', 'publicKey'] }]);
    const keyFile = write((JSON.parse(first()) as SealedFile).publicKey);
    const withoutRecord = lines.slice(
      0,
      lines.findIndex((line) => parse(line).type === 'result.frozen'),
    );
    expect(kinds(await verify(forged, withoutRecord, keyFile))).toEqual(['key']);
    expect((await verify(first(), withoutRecord, keyFile)).findings).toEqual([]);
  });

  it('when the seal before it is dropped from it, then the signature fails, and the stream remembers', async () => {
    const alone = edit(second(), ({ manifest }) => {
      manifest.previous = null;
    });
    expect(kinds(await verify(alone, lines))).toEqual(['previous', 'record', 'signature']);
  });

  it('when the list that names events is touched, then that is found, and the events still give the root', async () => {
    const touched = edit(first(), (file) => {
      const list = Buffer.from(file.fingerprints, 'base64');
      list[3] = (list[3] ?? 0) ^ 1;
      file.fingerprints = list.toString('base64');
    });
    expect(kinds(await verify(touched, lines))).toEqual(['fingerprints']);
  });

  it('when no more than a space is added, or the end is cut off, then that is found', async () => {
    expect(kinds(await verify(first().replace('{', '{ '), lines))).toEqual(['bytes']);
    expect(kinds(await verify(first().slice(0, -20), lines))).toEqual(['file']);
  });

  it('when it was scored by another version of the arithmetic, then it is said that this one cannot tell', async () => {
    const other = edit(first(), ({ manifest }) => {
      manifest.scoring = '0';
    });
    expect(kinds(await verify(other, lines))).toContain('scoring');
  });
});
