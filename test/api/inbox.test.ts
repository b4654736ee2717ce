import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { SealPreview } from '#schemas/freezes.ts';
import { type SealedFile, sealedFileText } from '#schemas/manifest.ts';
import type {
  DecisionReceipt,
  Effect,
  Inbox,
  InboxItem,
  InboxSummary,
  IncidentList,
} from '#schemas/results/inbox.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { ALIKE, likeness } from '#schemas/sameReport.ts';
import { clockFrom } from '#test/support/clock.ts';
import { fromOrganisation, fromUnit, planFor, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool } from '#test/support/tool.ts';

/** Numbers that are random and always the same. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    below: (end: number) => Math.floor(next() * end),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  };
}

const NOW = Date.parse('2026-06-15T04:00:00Z');
const requirement = (kind: string, criterion: string) => ({
  id: `${criterion}.${kind}`,
  criterion,
  name: { zh: kind, en: kind },
  clause: '三(一)3',
  basis: 'text',
  points: 10,
  kind,
  measure: { type: 'count', per: 'quarter', atLeast: 1 },
});

const PLAN = planFor(2026, 1, {
  criteria: [
    { id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 20 },
    { id: 'unity', name: { zh: '团结型', en: 'Unity' }, weight: 20 },
  ],
  requirements: [
    requirement('research', 'learning'),
    requirement('lecture', 'learning'),
    requirement('meeting', 'unity'),
  ],
  deductions: [
    {
      id: 'unity.talk',
      criterion: 'unity',
      clause: '三(二)3',
      basis: 'default',
      kind: 'talk',
      points: 5,
      max: 20,
    },
  ],
});

const UNITS = ['farm-1', 'farm-2', 'farm-3', 'mill-1', 'mill-2', 'mill-3'];
const TITLES = ['春耕调研', '春耕 调研！', '春耕备耕情况调研', '教育讲座', '党课', '班子会'];

type Known = {
  unit: string;
  activity: string;
  kind: string;
  day: string;
  title: string;
  state: string;
  late: number;
  appealed: boolean;
};

describe('given a zone with random reports, some decided, appealed against or alike', () => {
  let product: Product;
  let reports: Known[];
  let reviewer: string;
  let second: string;
  const issue = async (label: string, rights: Parameters<Product['access']['issue']>[0]['rights']) =>
    (await product.access.issue({ kind: 'bearer', rights, label, expiresAt: null })).secret;

  beforeAll(async () => {
    product = await startProduct({ clock: () => NOW, env: { VETO_SECOND_PERSON: '1' } });
    const random = dice(5);
    reports = Array.from({ length: 400 }, (_, index) => {
      const day = `2026-0${1 + random.below(5)}-${String(1 + random.below(4)).padStart(2, '0')}`;
      return {
        unit: random.of(UNITS),
        activity: `a-${index}`,
        kind: random.of(['research', 'lecture', 'meeting']),
        day,
        title: random.of(TITLES),
        state: random.of(['reported', 'reported', 'reported', 'verified', 'rejected', 'retracted']),
        late: Math.floor(NOW / 86_400_000) - Math.floor(Date.parse(day) / 86_400_000),
        appealed: false,
      };
    });
    for (const report of reports) report.appealed = report.state === 'rejected' && random.below(2) === 0;
    await product.send([
      ...UNITS.map((unit) => registered(unit, { group: unit.startsWith('farm') ? 'farm' : 'mill' })),
      fromOrganisation('zone', 'plan.adopted', PLAN),
    ]);
    for (const unit of UNITS) {
      const token = await product.tokens.unit(unit);
      await product.send(
        reports
          .filter((one) => one.unit === unit)
          .map(({ activity, kind, day, title }) =>
            recorded(unit, activity, { kind, occurredOn: day, title }),
          ),
        token,
      );
    }
    await product.send(
      reports.flatMap(({ unit, activity, state }) =>
        state === 'verified' || state === 'rejected'
          ? [fromOrganisation(unit, `activity.${state}`, { activity, reason: '核实' })]
          : [],
      ),
    );
    for (const unit of UNITS) {
      const token = await product.tokens.unit(unit);
      const own = reports.filter((one) => one.unit === unit);
      await product.send(
        own.flatMap(({ activity, state, appealed }) => [
          ...(state === 'retracted'
            ? [fromUnit(unit, 'activity.retracted', { activity, reason: '误报' })]
            : []),
          ...(appealed ? [fromUnit(unit, 'appeal.lodged', { activity, reason: '材料已补' })] : []),
        ]),
        token,
      );
    }
    reviewer = await issue('宣传部', { roles: ['reviewer'], reviews: { criteria: ['learning'], kinds: [] } });
    second = await issue('组织部 李', { roles: ['organisation'] });
  });
  afterAll(() => product?.stop());

  const read = (query: string, token?: string) =>
    product.json<Inbox>(`/inbox?year=2026&${query}`, token === undefined ? {} : { token });
  async function all(query: string, token?: string, limit = 37): Promise<InboxItem[]> {
    const items: InboxItem[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Inbox = await read(`${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`, token);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
  const standing = (one: Known): boolean => one.state === 'reported' || one.state === 'verified';
  const alike = (one: Known): boolean =>
    reports.some(
      (other) =>
        other !== one &&
        standing(other) &&
        other.unit === one.unit &&
        other.kind === one.kind &&
        other.day === one.day &&
        likeness(one.title, other.title) >= ALIKE,
    );
  const plain: Record<string, (one: Known) => boolean> = {
    verification: ({ state }) => state === 'reported',
    late: ({ state, late }) => state === 'reported' && late > 30,
    appeals: ({ appealed }) => appealed,
    duplicates: (one) => one.state === 'reported' && alike(one),
  };
  const ids = (list: readonly { unit: string; activity: string }[]): string[] =>
    list.map(({ unit, activity }) => `${unit}/${activity}`).sort();
  const post = (path: string, body: object, token?: string) =>
    product.call(path, { method: 'POST', body, ...(token === undefined ? {} : { token }) });
  const decide = (decisions: object[], token?: string) =>
    product.json<{ receipts: DecisionReceipt[] }>('/reviews/batch', {
      method: 'POST',
      body: { decisions },
      ...(token === undefined ? {} : { token }),
    });

  describe.each(Object.keys(plain))('when %s are listed', (kind) => {
    it.each([
      ['', () => true],
      ['unit=farm-2', ({ unit }: Known) => unit === 'farm-2'],
      ['group=mill', ({ unit }: Known) => unit.startsWith('mill')],
      ['requirement=learning.research', (one: Known) => one.kind === 'research'],
      [
        'group=farm&requirement=unity.meeting',
        (one: Known) => one.unit.startsWith('farm') && one.kind === 'meeting',
      ],
    ])('with "%s", then pages, count and summary agree with a plain recount', async (query, within) => {
      const wanted = reports.filter((one) => plain[kind]?.(one) && within(one));
      const items = await all(`kind=${kind}&${query}`);
      expect(ids(items)).toEqual(ids(wanted));
      const { counts } = await read(`kind=${kind}&${query}`);
      expect(counts[kind as 'late']).toBe(wanted.length);
      const summary = await product.json<InboxSummary>(`/inbox/summary?year=2026&kind=${kind}&${query}`);
      expect(summary.total).toBe(wanted.length);
      expect(Object.fromEntries(summary.units.map(({ unit, count }) => [unit, count]))).toEqual(
        Object.fromEntries(
          [...Map.groupBy(wanted, ({ unit }) => unit)].map(([unit, list]) => [unit, list.length]),
        ),
      );
    });
  });

  it('when reports come, change and are decided one by one, then who is suspected follows each step', async () => {
    const random = dice(11);
    await all('kind=duplicates');
    for (let turn = 0; turn < 24; turn++) {
      const unit = random.of(UNITS);
      const token = await product.tokens.unit(unit);
      const open = reports.filter((one) => one.unit === unit && one.state === 'reported');
      const one = random.of(open);
      const step = random.below(4);
      if (step === 0) {
        const added = { ...one, activity: `added-${turn}`, title: random.of(TITLES), state: 'reported' };
        reports.push(added);
        await product.send(
          [recorded(unit, added.activity, { kind: one.kind, occurredOn: one.day, title: added.title })],
          token,
        );
      } else if (step === 1) {
        one.title = random.of(TITLES);
        const body = { activity: one.activity, kind: one.kind, occurredOn: one.day, title: one.title };
        await product.send([fromUnit(unit, 'activity.amended', body)], token);
      } else if (step === 2) {
        one.state = 'retracted';
        await product.send(
          [fromUnit(unit, 'activity.retracted', { activity: one.activity, reason: '误报' })],
          token,
        );
      } else {
        one.state = random.of(['verified', 'rejected']);
        const event = fromOrganisation(unit, `activity.${one.state}`, {
          activity: one.activity,
          reason: '核实',
        });
        await product.send([event]);
      }
      const wanted = reports.filter((report) => plain.duplicates?.(report));
      expect(ids(await all('kind=duplicates'))).toEqual(ids(wanted));
    }
  });

  it('when it is decided to a watermark, then what comes later is left alone', async () => {
    const { watermark } = await read('kind=verification');
    const before = ids(await all('kind=verification'));
    await product.send(
      [recorded('farm-1', 'later', { title: '后来的' })],
      await product.tokens.unit('farm-1'),
    );
    expect(ids(await all(`kind=verification&until=${watermark}`))).toEqual(before);
    expect(await all('kind=verification')).toHaveLength(before.length + 1);
  });

  it('when a reviewer asks, then only what they may decide is there, and the rest is refused', async () => {
    const items = await all('kind=verification', reviewer);
    expect(new Set(items.map(({ body }) => body.kind))).toEqual(new Set(['research', 'lecture']));
    const { counts } = await read('kind=verification', reviewer);
    expect(counts).toMatchObject({
      verification: items.length,
      appeals: null,
      quarantine: null,
      vetoes: null,
    });
    expect((await product.call('/inbox?year=2026&kind=appeals', { token: reviewer })).status).toBe(403);
    const [meeting] = await all('kind=verification&requirement=unity.meeting');
    const { unit = '', activity = '', version = '' } = meeting ?? {};
    const { receipts } = await decide(
      [{ unit, activity, version, decision: 'verified', reason: '属实' }],
      reviewer,
    );
    expect(receipts[0]).toMatchObject({ status: 'refused', why: 'forbidden' });
    const appealed = reports.find((one) => one.appealed && one.kind !== 'meeting');
    const granted = {
      unit: appealed?.unit,
      activity: appealed?.activity,
      decision: 'granted',
      reason: '同意',
    };
    expect((await post('/reviews', granted, reviewer)).status).toBe(403);
    for (const token of [product.tokens.leader, await product.tokens.unit('farm-1')])
      expect((await product.call('/inbox?year=2026', { token })).status).toBe(403);
  });

  it('when somebody reported it for a unit themselves, then the list marks it, and they may not decide', async () => {
    const rights = { roles: ['organisation' as const, 'unit' as const], unit: 'mill-3' };
    const both = await issue('两头', rights);
    const own = (await all('kind=verification&unit=mill-3', both))[0];
    expect(own?.own).toBe(true);
    const asked = { unit: own?.unit, activity: own?.activity, decision: 'verified', reason: '属实' };
    expect((await post('/reviews', asked, both)).status).toBe(403);
    // The account that sent the event, under a unit's rights or not, is its author.
    const { principal } = await product.json<{ principal: { id: string } }>('/session', { token: second });
    await product.system.intake.submit([recorded('mill-2', 'typed', { title: '代报' })], {
      role: 'unit',
      unit: 'mill-2',
      actor: principal.id,
    });
    await product.system.projection.caughtUp();
    const typed = (await all('kind=verification&unit=mill-2', second)).find(
      ({ activity }) => activity === 'typed',
    );
    expect(typed?.own).toBe(true);
    const { receipts } = await decide(
      [{ unit: 'mill-2', activity: 'typed', decision: 'verified', reason: '属实' }],
      second,
    );
    expect(receipts[0]).toMatchObject({ status: 'refused', why: 'forbidden' });
    expect(
      (await all('kind=verification&unit=mill-2')).find(({ activity }) => activity === 'typed')?.own,
    ).toBe(false);
  });

  it('when a program reported it by its token, then that token may not decide on it, and another may', async () => {
    const program = await issue('业务系统', { roles: ['organisation'] });
    const body = { kind: 'research', occurredOn: '2026-05-09', title: '系统代报', year: 2026 };
    await product.send(
      [fromOrganisation('mill-2', 'activity.recorded', { activity: 'by-program', ...body })],
      program,
    );
    const request = { unit: 'mill-2', activity: 'by-program', decision: 'verified', reason: '属实' };
    const [own] = (await decide([request], program)).receipts;
    expect(own).toMatchObject({ status: 'refused', why: 'forbidden' });
    expect((await decide([request], second)).receipts[0]?.status).toBe('appended');
  });

  it('when two decide the same item at once, then one does, and the other is told who decided what', async () => {
    const [item] = await all('kind=verification&requirement=learning.research');
    const { unit = '', activity = '', version = '' } = item ?? {};
    const asked = { unit, activity, version };
    const answers = await Promise.all([
      post('/reviews', { ...asked, decision: 'verified', reason: '属实' }),
      post('/reviews', { ...asked, decision: 'rejected', reason: '材料不全' }, second),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const lost = await answers.find(({ status }) => status === 409)?.json();
    expect(lost.decided).toMatchObject({ by: answers[0].status === 202 ? 'test organisation' : '组织部 李' });
    const late = await post('/reviews', { ...asked, decision: 'rejected', reason: '另一理由' }, second);
    expect(late.status).toBe(409);
    const { activities } = await product.json<{ activities: ActivityRow[] }>(
      `/units/${unit}/activities?year=2026`,
    );
    const row = activities.find((one) => one.activity === activity);
    expect(row?.history.filter(({ type }) => /verified|rejected/.test(type))).toHaveLength(1);
  });

  it('when a batch is cut off in the middle, then the same again decides the rest, and nothing twice', async () => {
    const items = (await all('kind=verification&group=farm')).filter(({ own }) => !own).slice(0, 40);
    const decisions = items.map(({ unit, activity, version }) => ({
      unit,
      activity,
      version,
      decision: 'verified',
      reason: '属实',
    }));
    const first = await decide(decisions.slice(0, 15));
    expect(new Set(first.receipts.map(({ status }) => status))).toEqual(new Set(['appended']));
    const again = await decide(decisions);
    expect(again.receipts.map(({ status }) => status)).toEqual(
      decisions.map((_, index) => (index < 15 ? 'already' : 'appended')),
    );
    const left = ids(await all('kind=verification&group=farm'));
    for (const id of ids(items)) expect(left).not.toContain(id);
    const { entries } = await product.json<{ entries: AuditEntry[] }>(
      '/audit?action=activity.verified&limit=1000',
    );
    const told = entries.map(({ details }) => `${details.unit}/${details.activity}`);
    for (const id of ids(items)) expect(told.filter((one) => one === id)).toHaveLength(1);
  });

  it('when an appeal is granted, then what was shown before is what everybody’s rank becomes', async () => {
    const [item] = await all('kind=appeals');
    const { unit = '', activity = '', version = '' } = item ?? {};
    const effect = await product.json<Effect>('/effects', {
      method: 'POST',
      body: { of: 'appeal', unit, activity },
    });
    const ranks = async () =>
      new Map(
        (
          await product.json<{ rows: { unit: string; rank: number }[] }>('/rankings/2026?basis=year')
        ).rows.map((row) => [row.unit, row.rank]),
      );
    const before = await ranks();
    const { receipts } = await decide([
      { unit, activity, version, decision: 'granted', reason: '材料已补齐' },
    ]);
    expect(receipts[0]?.status).toBe('appended');
    const after = await ranks();
    const whole = effect.bases.find(({ basis }) => basis === 'year');
    const moved = [...after]
      .filter(([id, rank]) => before.get(id) !== rank)
      .map(([id, rank]) => [id, before.get(id), rank]);
    expect(whole?.moves.map((move) => [move.unit, move.before, move.after]).sort()).toEqual(moved.sort());
    const standingNow = await product.json<{ row: { total: number } }>(
      `/units/${unit}/standing?year=2026&basis=year`,
    );
    expect(standingNow.row.total).toBe(whole?.after.total);
    const twice = await decide([{ unit, activity, decision: 'dismissed', reason: '不同意' }]);
    expect(twice.receipts[0]).toMatchObject({ status: 'conflict', decided: { outcome: 'granted' } });
  });

  const incident = (activity: string, kind: string) => ({
    unit: 'mill-1',
    year: 2026,
    activity,
    body: { kind, occurredOn: '2026-05-05', title: '违反规定', evidence: ['纪〔2026〕5 号'] },
  });

  it('when a veto is recorded, then it waits, counts nowhere, and only another account confirms it; then it is withdrawn', async () => {
    const total = async () =>
      (
        await product.json<{ row: { total: number; vetoes: string[] } }>(
          '/units/mill-1/standing?year=2026&basis=year',
        )
      ).row;
    const before = await total();
    const asked = incident('v-1', 'violation');
    const effect = await product.json<Effect>('/effects', {
      method: 'POST',
      body: { of: 'incident', unit: 'mill-1', year: 2026, kind: 'violation', occurredOn: '2026-05-05' },
    });
    expect(effect.bases[0]?.after.vetoes).toEqual(['integrity.violation']);
    expect(await product.json('/incidents', { method: 'POST', body: asked })).toMatchObject({
      status: 'waiting',
    });
    expect(await product.json('/incidents', { method: 'POST', body: asked })).toMatchObject({
      status: 'already',
    });
    expect(await total()).toEqual(before);
    const pair = { unit: 'mill-1', activity: 'v-1' };
    expect((await post('/incidents/confirmation', pair)).status).toBe(403);
    const list = await product.json<IncidentList>('/incidents?year=2026', { token: second });
    expect(list.waiting).toMatchObject([
      { activity: 'v-1', own: false, recordedBy: { label: 'test organisation' } },
    ]);
    expect((await read('kind=verification')).counts.vetoes).toBe(1);
    expect((await post('/incidents/confirmation', pair, second)).status).toBe(202);
    const vetoed = await total();
    expect(vetoed.vetoes).toEqual(['integrity.violation']);
    expect(vetoed.total).toBe(effect.bases.find(({ basis }) => basis === 'year')?.after.total);
    expect((await post('/incidents/confirmation', pair, second)).status).toBe(409);
    expect((await post('/incidents/withdrawal', { ...pair, reason: '认定有误' })).status).toBe(202);
    expect(await total()).toEqual(before);
    const actions = (await product.json<{ entries: AuditEntry[] }>('/audit?limit=50')).entries.map(
      ({ action }) => action,
    );
    for (const action of ['veto.proposed', 'veto.confirmed', 'incident.withdrawn'])
      expect(actions).toContain(action);
  });

  it('when a veto comes by another door while a second person is asked for, then no door takes it', async () => {
    const event = fromOrganisation('mill-2', 'activity.recorded', {
      activity: 'v-2',
      year: 2026,
      kind: 'violation',
      occurredOn: '2026-05-05',
      title: '违规',
    });
    const answer = await post('/events', event, product.tokens.organisation);
    expect(answer.status).not.toBe(202);
    const csv = 'unit,kind,occurredOn,title\nmill-2,violation,2026-05-05,违规\n';
    const imported = await product.json<{ counts: { new: number; refused: number } }>(
      '/imports?kind=incidents&dryRun=false',
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: csv,
      },
    );
    expect(imported.counts.new).toBe(0);
    const deduction = incident('t-1', 'talk');
    expect(await product.json('/incidents', { method: 'POST', body: deduction })).toMatchObject({
      status: 'recorded',
    });
    expect((await post('/incidents', incident('x-1', 'research'))).status).toBe(422);
  });
});

describe('given an event in quarantine', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ clock: clockFrom('2026-06-15T12:00:00+08:00') });
    // As a foreign producer, or an older version, would have written it into the stream.
    const lines = [
      registered('farm-1'),
      {
        ...fromOrganisation('farm-2', 'unit.changed', { name: '二区' }),
        recordedtime: '2026-05-01T00:00:00.000Z',
      },
      fromOrganisation('nobody', 'unit.closed', { on: '2026-05-01', reason: '误报' }),
    ].map((event) => JSON.stringify({ recordedtime: '2026-05-01T00:00:00.000Z', ...event }));
    await product.json('/imports?kind=events', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    });
  });
  afterAll(() => product?.stop());

  type List = {
    total: number;
    items: { position: string; reason: string; handled: { how: string } | null }[];
  };
  const open = () => product.json<List>('/quarantine?handled=false');

  it('when its cause is mended, then it is sent again; before that it says why not; and nothing is deleted', async () => {
    const found = (await open()).items.find(({ reason }) => reason.includes('farm-2'));
    expect(found?.reason).toContain('there is no unit farm-2');
    const again = () => product.call(`/quarantine/${found?.position}/replay`, { method: 'POST' });
    expect((await again()).status).toBe(422);
    await product.send([registered('farm-2')]);
    expect((await again()).status).toBe(202);
    expect((await again()).status).toBe(409);
    const { units } = await product.json<{ units: { unit: string; name: string }[] }>('/units');
    expect(units.find(({ unit }) => unit === 'farm-2')?.name).toBe('二区');
    expect((await open()).items).toHaveLength(1);
    const { items, total } = await product.json<List>('/quarantine');
    expect([total, items[0]?.handled?.how]).toEqual([2, 'replayed']);
    expect((await product.call('/quarantine/0-77/replay', { method: 'POST' })).status).toBe(404);
  });

  it('while one waits, no year is sealed; once it is set aside, the seal names both with reasons, and is good', async () => {
    await product.send([fromOrganisation('zone', 'plan.adopted', PLAN)]);
    const seal = () => product.call('/freezes/2026', { method: 'POST' });
    const refused = await seal();
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('1 event is in quarantine'),
    ]);
    const [left] = (await open()).items;
    const reason = '发错了单位，不必再送';
    await product.json(`/quarantine/${left?.position}/dismissal`, { method: 'POST', body: { reason } });
    const preview = await product.json<SealPreview>('/freezes/2026/preview');
    expect([preview.quarantined, preview.setAside]).toEqual([0, 2]);
    expect((await seal()).status).toBe(201);
    const text = await (await product.call('/freezes/2026/file')).text();
    const { manifest } = JSON.parse(text) as SealedFile;
    expect(manifest.setAside?.map(({ how, reason: why }) => [how, why])).toEqual([
      ['replayed', ''],
      ['dismissed', reason],
    ]);
    const env = { DATA_DIR: product.dataDir, LANG: 'en_GB' };
    const [file, events] = ['sealed.json', 'events.ndjson'].map((name) => join(product.dataDir, name));
    writeFileSync(file as string, text);
    expect((await runTool(['export', 'events', '--out', events as string], env)).code).toBe(0);
    const checked = await runTool(['verify', file as string, '--events', events as string], env);
    expect([checked.code, checked.out + checked.err]).toEqual([
      0,
      expect.stringContaining('2 lines broke the rules'),
    ]);
    // A seal that hid one of them would not stand: its line would be one that nobody accounts for.
    const { setAside: _, ...bare } = manifest;
    writeFileSync(file as string, sealedFileText({ ...JSON.parse(text), manifest: bare }));
    expect((await runTool(['verify', file as string, '--events', events as string], env)).code).toBe(1);
  });
});
