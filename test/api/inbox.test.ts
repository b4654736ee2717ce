import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecidedItem, DecidedList, InboxItem, InboxSummary } from '#schemas/results/inbox.ts';
import { ALIKE, likeness } from '#schemas/sameReport.ts';
import { fromOrganisation, fromUnit, recorded } from '#test/support/events.ts';
import { type InboxZone, idsOf, type Known, startInboxZone, TITLES, UNITS } from '#test/support/inboxZone.ts';
import { randomFor } from '../../sample/random.ts';

describe('given a zone with random reports, some decided, appealed against or alike', () => {
  let zone: InboxZone;
  beforeAll(async () => {
    zone = await startInboxZone(400);
  });
  afterAll(() => zone?.product.stop());

  const standing = (one: Known): boolean => one.state === 'reported' || one.state === 'verified';
  const likeOf = (one: Known): Known[] =>
    zone.reports.filter(
      (other) =>
        other !== one &&
        standing(other) &&
        other.unit === one.unit &&
        other.kind === one.kind &&
        other.day === one.day &&
        likeness(one.title, other.title) >= ALIKE,
    );
  const alike = (one: Known): boolean => likeOf(one).length > 0;
  const keyOf = ({ unit, activity }: { unit: string; activity: string }) => `${unit}/${activity}`;
  /** What a row of the list says, kept from before or not, and what it should say. */
  const shownOf = ({ body, alike: others }: InboxItem) => [
    body.title,
    others.map(({ activity, title, state }) => `${activity} ${title} ${state}`).sort(),
  ];
  const expectedOf = (one: Known) => [
    one.title,
    likeOf(one)
      .map(({ activity, title, state }) => `${activity} ${title} ${state}`)
      .sort(),
  ];
  const plain: Record<string, (one: Known) => boolean> = {
    verification: ({ state }) => state === 'reported',
    late: ({ state, late }) => state === 'reported' && late > 30,
    appeals: ({ appealed }) => appealed,
    duplicates: (one) => one.state === 'reported' && alike(one),
  };

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
      const wanted = zone.reports.filter((one) => plain[kind]?.(one) && within(one));
      const items = await zone.all(`kind=${kind}&${query}`);
      expect(idsOf(items)).toEqual(idsOf(wanted));
      const { counts } = await zone.read(`kind=${kind}&${query}`);
      expect(counts[kind as 'late']).toBe(wanted.length);
      const summary = await zone.product.json<InboxSummary>(`/inbox/summary?year=2026&kind=${kind}&${query}`);
      expect(summary.total).toBe(wanted.length);
      expect(Object.fromEntries(summary.units.map(({ unit, count }) => [unit, count]))).toEqual(
        Object.fromEntries(
          [...Map.groupBy(wanted, ({ unit }) => unit)].map(([unit, list]) => [unit, list.length]),
        ),
      );
    });
  });

  it.each([
    ['', () => true],
    ['&unit=farm-2', ({ unit }: Known) => unit === 'farm-2'],
    [
      '&group=mill&requirement=learning.research',
      ({ unit, kind }: Known) => unit.startsWith('mill') && kind === 'research',
    ],
    ['&group=none', () => false],
  ])(
    'when what was decided is listed with "%s", then every decision is told once, also one appealed against, the latest first',
    async (query, within) => {
      const decided = async (token?: string): Promise<DecidedItem[]> => {
        const items: DecidedItem[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const path = `/inbox/decided?year=2026&limit=19${query}${cursor && `&cursor=${cursor}`}`;
          const page: DecidedList = await zone.product.json(path, token === undefined ? {} : { token });
          items.push(...page.items);
          cursor = page.nextCursor;
        }
        return items;
      };
      const isDecided = ({ state }: Known) => state === 'verified' || state === 'rejected';
      const wanted = zone.reports.filter((one) => isDecided(one) && within(one));
      const items = await decided();
      expect(idsOf(items)).toEqual(idsOf(wanted));
      for (const { unit, activity, decided: told, title } of items)
        expect({ type: told.type, title, reason: told.reason }).toEqual({
          type: `activity.${wanted.find((one) => one.unit === unit && one.activity === activity)?.state}`,
          title: wanted.find((one) => one.unit === unit && one.activity === activity)?.title,
          reason: '核实',
        });
      const times = items.map(({ decided: { at } }) => at);
      expect(times).toEqual(times.toSorted().reverse());
      expect(idsOf(await decided(zone.reviewer))).toEqual(
        idsOf(wanted.filter(({ kind }) => kind !== 'meeting')),
      );
    },
  );

  it('when what was decided is asked for by others, then it is theirs no more than the inbox is', async () => {
    const { product } = zone;
    for (const token of [product.tokens.leader, await product.tokens.unit('farm-1')])
      expect((await product.call('/inbox/decided?year=2026', { token })).status).toBe(403);
    expect((await product.call('/inbox/decided?year=2026&cursor=abc')).status).toBe(400);
  });

  it('when reports come, change and are decided one by one, then who is suspected, and every count, follows each step', async () => {
    const random = randomFor('changes of an inbox', 11);
    await zone.all('kind=duplicates');
    const agree = async () => {
      for (const [query, within] of [
        ['', () => true],
        ['&group=mill', ({ unit }: Known) => unit.startsWith('mill')],
        ['&unit=farm-2&of=research', ({ unit, kind }: Known) => unit === 'farm-2' && kind === 'research'],
      ] as const) {
        const { counts } = await zone.product.json<{ counts: Record<string, number> }>(
          `/inbox/counts?year=2026${query}`,
        );
        const wanted = Object.entries(plain).map(([kind, isOf]) => [
          kind,
          zone.reports.filter((one) => isOf(one) && within(one)).length,
        ]);
        expect([query, counts]).toEqual([query, expect.objectContaining(Object.fromEntries(wanted))]);
      }
    };
    await agree();
    for (let step = 0; step < 24; step++) {
      const unit = random.pick(UNITS);
      const token = await zone.product.tokens.unit(unit);
      const open = zone.reports.filter((one) => one.unit === unit && one.state === 'reported');
      const one = random.pick(open);
      const change = random.int(0, 3);
      if (change === 0) {
        const added = { ...one, activity: `added-${step}`, title: random.pick(TITLES), state: 'reported' };
        zone.reports.push(added);
        await zone.product.send(
          [recorded(unit, added.activity, { kind: one.kind, occurredOn: one.day, title: added.title })],
          token,
        );
      } else if (change === 1) {
        one.title = random.pick(TITLES);
        const body = { activity: one.activity, kind: one.kind, occurredOn: one.day, title: one.title };
        await zone.product.send([fromUnit(unit, 'activity.amended', body)], token);
      } else if (change === 2) {
        one.state = 'retracted';
        await zone.product.send(
          [fromUnit(unit, 'activity.retracted', { activity: one.activity, reason: '误报' })],
          token,
        );
      } else {
        one.state = random.pick(['verified', 'rejected']);
        const event = fromOrganisation(unit, `activity.${one.state}`, {
          activity: one.activity,
          reason: '核实',
        });
        await zone.product.send([event]);
      }
      const wanted = zone.reports.filter((report) => plain.duplicates?.(report));
      expect(idsOf(await zone.all('kind=duplicates'))).toEqual(idsOf(wanted));
      const { items } = await zone.read('kind=verification&limit=500');
      expect(Object.fromEntries(items.map((item) => [keyOf(item), shownOf(item)]))).toEqual(
        Object.fromEntries(
          zone.reports.flatMap((report) =>
            report.state === 'reported' ? [[keyOf(report), expectedOf(report)]] : [],
          ),
        ),
      );
      await agree();
    }
  });

  it('when it is decided to a watermark, then what comes later is left alone', async () => {
    const { watermark } = await zone.read('kind=verification');
    const before = idsOf(await zone.all('kind=verification'));
    await zone.product.send(
      [recorded('farm-1', 'later', { title: '后来的' })],
      await zone.product.tokens.unit('farm-1'),
    );
    expect(idsOf(await zone.all(`kind=verification&until=${watermark}`))).toEqual(before);
    expect(await zone.all('kind=verification')).toHaveLength(before.length + 1);
  });
});
