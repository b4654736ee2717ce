import { describe, expect, test } from 'vitest';
import { type Projected, project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import {
  adopted,
  amended,
  at,
  fromOrganisation,
  fromUnit,
  NOON,
  recorded,
  recordsOf,
  registered,
} from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

const run = (...envelopes: unknown[]): Projected => project(memoryState().view, recordsOf(envelopes));
const verdicts = ({ rows }: Projected): string[] => rows.ledger.map(({ verdict }) => verdict);
const reasons = ({ rows }: Projected): string[] => rows.quarantine.map(({ reason }) => reason);
const current = ({ rows }: Projected) => rows.activity_versions.filter(({ closedBy }) => closedBy === 0);

const about = (activity: string, more: object = {}) => ({ activity, reason: '理由', ...more });
const verified = (activity: string) => fromOrganisation('u-1', 'activity.verified', about(activity));
const rejected = (activity: string) => fromOrganisation('u-1', 'activity.rejected', about(activity));
const retracted = (activity: string) => fromUnit('u-1', 'activity.retracted', about(activity));
const lodged = (activity: string) => fromUnit('u-1', 'appeal.lodged', about(activity));
const decided = (activity: string, outcome: string) =>
  fromOrganisation('u-1', 'appeal.decided', about(activity, { outcome }));

describe('identity', () => {
  test('the same event twice is there already, whatever its time says', () => {
    const event = recorded('u-1', 'a-1');
    const again = {
      ...event,
      time: '2026-06-15T09:00:00Z',
      data: Object.fromEntries(Object.entries(event.data).reverse()),
    };
    const projected = run(event, again);
    expect(verdicts(projected)).toEqual(['applied', 'already']);
    expect(projected.rows.activity_versions).toHaveLength(1);
  });

  test('the same source and id with other content is quarantined, and the first stands', () => {
    const event = recorded('u-1', 'a-1');
    const projected = run(event, { ...event, data: { ...event.data, title: '别的' } });
    expect(verdicts(projected)).toEqual(['applied', 'quarantined']);
    expect(current(projected)[0]?.title).toBe('专题调研');
  });

  test('a quarantined event was the first all the same, be it that it follows nothing or is no event', () => {
    const early = amended('u-1', 'a-1', {}, { id: 'x' });
    const broken = { ...recorded('u-1', 'a-2', { quantity: 'many' }), id: 'y' };
    const projected = run(
      early,
      recorded('u-1', 'a-1', {}, { id: 'x' }),
      broken,
      recorded('u-1', 'a-2', {}, { id: 'y' }),
      broken,
    );
    expect(verdicts(projected)).toEqual([
      'quarantined',
      'quarantined',
      'quarantined',
      'quarantined',
      'already',
    ]);
  });

  test('ids are per source and subject', () => {
    const id = 'same';
    const projected = run(
      recorded('u-1', 'a-1', {}, { id }),
      recorded('u-2', 'a-1', {}, { id }),
      fromOrganisation('u-1', 'activity.verified', about('a-1'), { id }),
    );
    expect(verdicts(projected)).toEqual(['applied', 'applied', 'applied']);
  });
});

describe('activities', () => {
  test.each<[string, unknown[], string]>([
    ['verified', [verified('a')], 'verified'],
    ['rejected', [rejected('a')], 'rejected'],
    ['the last decision stands', [verified('a'), rejected('a'), verified('a')], 'verified'],
    ['an amendment makes an earlier decision fall', [rejected('a'), amended('u-1', 'a')], 'reported'],
    ['retracted', [verified('a'), retracted('a')], 'retracted'],
    [
      'a granted appeal brings a rejected activity back',
      [rejected('a'), lodged('a'), decided('a', 'granted')],
      'reported',
    ],
    [
      'a dismissed appeal changes nothing',
      [rejected('a'), lodged('a'), decided('a', 'dismissed')],
      'rejected',
    ],
    [
      'a granted appeal leaves a verified activity verified',
      [lodged('a'), verified('a'), decided('a', 'granted')],
      'verified',
    ],
  ])('%s', (_, events, state) => {
    const projected = run(recorded('u-1', 'a'), ...events);
    expect(reasons(projected)).toEqual([]);
    expect(current(projected)).toMatchObject([{ state, appealOpen: false }]);
  });

  test('what is granted is waived for good, through amendments and decisions', () => {
    const projected = run(
      recorded('u-1', 'a'),
      lodged('a'),
      decided('a', 'granted'),
      amended('u-1', 'a'),
      rejected('a'),
    );
    expect(current(projected)).toMatchObject([{ waived: true, state: 'rejected' }]);
  });

  test('a second appeal joins the undecided one: one decision settles both', () => {
    const projected = run(
      recorded('u-1', 'a'),
      lodged('a'),
      lodged('a'),
      decided('a', 'dismissed'),
      decided('a', 'granted'),
    );
    expect(verdicts(projected).at(-1)).toBe('quarantined');
    expect(current(projected)).toMatchObject([{ waived: false, appealOpen: false }]);
  });

  test.each<[string, unknown[]]>([
    ['amending what was never recorded', [amended('u-1', 'b')]],
    ['recording again', [recorded('u-1', 'a')]],
    ['recording again what was retracted', [retracted('a'), recorded('u-1', 'a')]],
    ['amending what was retracted', [retracted('a'), amended('u-1', 'a')]],
    ['appealing over what was retracted', [retracted('a'), lodged('a')]],
    ['deciding no appeal', [decided('a', 'granted')]],
    ['an amendment that leaves the year', [amended('u-1', 'a', { occurredOn: '2025-12-31' })]],
    ['an amendment into the future', [amended('u-1', 'a', { occurredOn: '2026-06-16' })]],
    ['recording outside the year', [recorded('u-1', 'b', { occurredOn: '2025-12-31' })]],
    ['a unit that verifies', [fromUnit('u-1', 'activity.verified', about('a'))]],
    ['a unit that speaks for another', [{ ...retracted('a'), source: '/units/u-2' }]],
    ['an unknown unit that changes', [fromOrganisation('u-9', 'unit.changed', { teamSize: 3 })]],
    [
      'an unknown unit that closes',
      [fromOrganisation('u-9', 'unit.closed', { on: '2026-05-01', reason: '撤销' })],
    ],
  ])('is quarantined, with its reason: %s', (_, events) => {
    const projected = run(recorded('u-1', 'a'), ...events);
    expect(verdicts(projected).at(-1)).toBe('quarantined');
    expect(projected.rows.quarantine.at(-1)?.reason).toMatch(/\w+ \w+/);
    expect(projected.quarantined).toBe(1);
  });

  test('a unit may not change what the organisation recorded, the organisation may change all', () => {
    const byOrganisation = { ...recorded('u-1', 'a'), source: '/organisation' };
    expect(verdicts(run(byOrganisation, amended('u-1', 'a'), retracted('a')))).toEqual([
      'applied',
      'quarantined',
      'quarantined',
    ]);
    const orders = [
      { ...amended('u-1', 'a'), source: '/organisation' },
      { ...retracted('a'), source: '/organisation' },
    ];
    expect(verdicts(run(recorded('u-1', 'a'), ...orders))).toEqual(['applied', 'applied', 'applied']);
  });
});

describe('units and plans', () => {
  test('what a change leaves out stays', () => {
    const projected = run(
      registered('u-1', { since: '2020-01-01' }),
      fromOrganisation('u-1', 'unit.changed', { teamSize: 9 }),
      fromOrganisation('u-1', 'unit.closed', { on: '2026-05-01', reason: '撤销' }),
    );
    expect(projected.rows.unit_versions).toMatchObject([
      { fromPos: at(0), closedBy: at(1), teamSize: 7, since: '2020-01-01', closedOn: null },
      { fromPos: at(1), closedBy: at(2), teamSize: 9, since: '2020-01-01', closedOn: null },
      { fromPos: at(2), closedBy: 0, teamSize: 9, since: '2020-01-01', closedOn: '2026-05-01' },
    ]);
  });

  test('a registered unit is not registered again, a plan’s version must grow', () => {
    const again = run(registered('u-1'), registered('u-1', { name: '别名' }));
    expect(verdicts(again)).toEqual(['applied', 'quarantined']);
    const plans = run(
      adopted(2026, 2),
      adopted(2026, 2, { counts: 'verified' }),
      adopted(2026, 1),
      adopted(2025, 1),
      adopted(2026, 3),
    );
    expect(verdicts(plans)).toEqual(['applied', 'quarantined', 'quarantined', 'applied', 'applied']);
  });

  test('activities of a unit that is not registered yet wait in the store', () => {
    expect(verdicts(run(recorded('u-1', 'a'), registered('u-1')))).toEqual(['applied', 'applied']);
  });
});

describe('versions', () => {
  test('each event closes one version and opens the next, at its position and time', () => {
    const times = ['2026-06-15T04:00:00.000Z', '2026-06-15T04:00:01.000Z'];
    const projected = run(
      recorded('u-1', 'a', {}, { recordedtime: times[0] }),
      amended('u-1', 'a', { kind: 'lecture' }, { recordedtime: times[1] }),
    );
    expect(projected.rows.activity_versions).toMatchObject([
      {
        kind: 'research',
        fromPos: at(0),
        closedBy: at(1),
        recordedFrom: NOON,
        recordedTo: NOON + 1000,
        bodyPos: at(0),
      },
      { kind: 'lecture', fromPos: at(1), closedBy: 0, recordedFrom: NOON + 1000, bodyPos: at(1) },
    ]);
  });

  test('the recorded time never goes back within a subject, and is the stream’s where it is missing', () => {
    const early = '2026-06-15T03:00:00.000Z';
    const projected = run(
      recorded('u-1', 'a'),
      recorded('u-1', 'b', {}, { recordedtime: early }),
      recorded('u-2', 'a', {}, { recordedtime: early }),
    );
    expect(projected.rows.ledger.map(({ recordedAt }) => recordedAt)).toEqual([NOON, NOON, NOON - 3_600_000]);
    expect(projected.rows.ledger.map(({ envelope }) => JSON.parse(envelope).recordedtime)).toEqual([
      '2026-06-15T04:00:00.000Z',
      '2026-06-15T04:00:00.000Z',
      early,
    ]);
  });
});

describe('records that are no events', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['an unknown type', { ...recorded('u-1', 'a'), type: 'activity.invented' }],
    ['an unknown field', recorded('u-1', 'a', { colour: 'red' })],
    ['no subject', { ...recorded('u-1', 'a'), subject: undefined }],
    ['half a surrogate pair in the data', recorded('u-1', 'a', { title: 'x\ud800' })],
    ['half a surrogate pair in the id', recorded('u-1', 'a', {}, { id: '\udfff' })],
    ['a time before 1970', recorded('u-1', 'a', {}, { recordedtime: '1955-01-01T00:00:00Z' })],
    [
      'a time beyond what the store keeps',
      recorded('u-1', 'a', {}, { recordedtime: '2999-01-01T00:00:00Z' }),
    ],
    ['an endless id', { ...recorded('u-1', 'a'), id: 'x'.repeat(1_000_000) }],
  ])('%s goes to the quarantine with its reason', (_, envelope) => {
    const projected = run(envelope, recorded('u-1', 'b'));
    expect(verdicts(projected)).toEqual(['quarantined', 'applied']);
    const [row] = projected.rows.quarantine;
    expect(row?.reason).not.toBe('');
    expect(JSON.stringify(row)).not.toMatch(/[^\\]\\ud[89a-f]/);
    expect(row?.recordedAt).toBeGreaterThanOrEqual(0);
    expect(row?.recordedAt).toBeLessThan(9_999_999_999_999);
  });

  test('data nested without end goes to the quarantine with its reason, though nothing could write it again', () => {
    const [record] = recordsOf([recorded('u-1', 'a', { note: 'deep' })]) as [StreamRecord];
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const text = record.text?.replace('"deep"', deep) as string;
    const { rows } = project(memoryState().view, [{ ...record, text }]);
    expect(rows.quarantine).toMatchObject([
      { subject: 'u-1', content: '"nested more than 64 levels deep, not kept here"' },
    ]);
  });

  test('text that is no JSON is kept in base64', () => {
    const { rows } = project(memoryState().view, [{ position: at(0), storedAt: NOON, text: '{"无":' }]);
    expect(rows.quarantine).toMatchObject([
      { reason: 'is no JSON', content: Buffer.from('{"无":').toString('base64') },
    ]);
  });

  test('bytes that are no text are kept in base64', () => {
    const raw = Buffer.from([0xff, 0x00, 0x7b]);
    const { rows } = project(memoryState().view, [{ position: at(0), storedAt: NOON, raw }]);
    expect(rows.quarantine).toMatchObject([{ reason: 'is no JSON', content: '/wB7', subject: '', id: '' }]);
    expect(rows.ledger).toMatchObject([{ verdict: 'quarantined', envelope: '/wB7' }]);
  });

  test('text that only looks like half a surrogate pair is fine', () => {
    expect(verdicts(run(recorded('u-1', 'a', { title: 'the escape \\ud800', note: '𠮷野家' })))).toEqual([
      'applied',
    ]);
  });
});
