import { describe, expect, it } from 'vitest';
import { svgOf } from '#api/exports/chartPictures.ts';
import { rankingQuery } from '#api/http/parameters.ts';
import { parseEvent } from '#schemas/admission.ts';
import { typeColors, typeTokens } from '#schemas/presentation/palette.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { rankingRow } from '#schemas/results/results.ts';
import { makeReweigh } from '#schemas/reweigh.ts';
import { compilePlan } from '#schemas/scoring.ts';
import { recorded, registered } from '#test/support/events.ts';
import { ODD_IDS } from '#test/support/oddIds.ts';
import { planWith } from '#test/support/plan.ts';
import { tallyOf } from '#test/support/tally.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { planWeights, segmentsOf } from '../../dashboard/pages/ranking/bar.ts';
import { criterionKey, nextOrder, parseOrder, sortRows } from '../../dashboard/pages/ranking/rows.ts';
import { formatWeights, parseWeights, plannedWeights } from '../../dashboard/pages/ranking/whatIf/weights.ts';

/** Any id that the schema admits works as a key everywhere, and what could not work is refused at the door. */

const weights = Object.fromEntries(ODD_IDS.map((id, index) => [id, index + 1]));
const plan = planWith({
  criteria: weights,
  requirements: ODD_IDS.map((id) => ({
    id,
    criterion: id,
    kind: id,
    measure: { type: 'appraisal', whenNone: 'zero' },
  })),
});
const judge = compilePlan(plan, { basis: 'year', on: '2026-12-31' });
const deeds = (first: number) =>
  ODD_IDS.map((kind, index) => ({ kind, occurredOn: '2026-02-01', score: first + index }));
const tallies = ODD_IDS.slice(0, 3).map((unit, at) =>
  tallyOf(plan, deeds(50 - 7 * at), { unit, group: ODD_IDS[at] ?? '' }),
);
const { rows } = rankUnits(judge, tallies);
const [best] = rows;

describe.each(ODD_IDS)('given a criterion, kind, group, requirement and unit called %s', (id) => {
  const index = ODD_IDS.indexOf(id);

  it('then its score is told, and still is behind the schema that readers check answers with', () => {
    const read = rankingRow.parse(JSON.parse(JSON.stringify(best)));
    expect(Object.entries(read.criteria)).toContainEqual([id, 50 + index]);
    expect(Object.keys(read.criteria)).toHaveLength(ODD_IDS.length);
  });

  it('then its weight in an address is what it says', () => {
    const asked = rankingQuery.parse({
      weights: ODD_IDS.map((one) => `${one}:${one === id ? 9 : 0}`).join(','),
    });
    const tried = compilePlan(plan, { basis: 'year', on: '2026-12-31', weights: asked.weights });
    expect(rankUnits(tried, tallies).rows[0]?.total).toBe(50 + index);
    expect(rankingQuery.safeParse({ weights: `${id}:1,${id}:2` }).success).toBe(false);
    const onScreen = parseWeights(`${id}:77`, plan);
    expect(Object.entries(onScreen)).toContainEqual([id, 77]);
    expect(formatWeights(onScreen, plan)).toContain(`${id}:77`);
    expect(formatWeights({}, plan)).toBe(formatWeights(plannedWeights(plan), plan));
  });

  it('then a trial on screen weighs it as the server does', () => {
    const asked = { ...plannedWeights(plan), [id]: 1_000 };
    const tried = compilePlan(plan, { basis: 'year', on: '2026-12-31', weights: asked });
    const again = makeReweigh(plan, rows, { basis: 'year', on: '2026-12-31' });
    expect(again(asked).map(({ total }) => total)).toEqual(
      rankUnits(tried, tallies).rows.map(({ total }) => total),
    );
  });

  it('then it has a colour, a word and a column of its own', () => {
    expect(typeTokens([id]).get(id)).toBe('type-6');
    expect(typeColors([id]).get(id)).toMatch(/^#/);
    expect(wordsOf('zh-CN').term(id)).toBe(id);
    const segment = segmentsOf(rows[0] as never, ODD_IDS, planWeights(plan)).find(
      ({ criterion }) => criterion === id,
    );
    expect(segment?.score).toBe(50 + index);
    const key = nextOrder(parseOrder(null), criterionKey(id));
    const descending = sortRows(rows, parseOrder(key)).map((row) =>
      'unit' in row ? row.criteria[id] : null,
    );
    expect(descending).toEqual([50, 43, 36].map((first) => first + index));
    expect(sortRows(rows, parseOrder(nextOrder(parseOrder(key), criterionKey(id)))).at(-1)).toEqual(best);
  });

  it('then events with it are taken, and a self-inspection keeps what it says of it', () => {
    expect(parseEvent(recorded('u-1', 'a', { kind: id, form: id, indicator: id })).ok).toBe(true);
    expect(parseEvent(registered('u-1', { group: id })).ok).toBe(true);
    const claim = { selfScore: 7, shortcomings: '', remedies: '' };
    const criteria = Object.fromEntries([[id, claim]]);
    const source = '/units/u-1';
    const event = { ...recorded('u-1', 'a'), source, type: 'selfinspection.submitted' };
    const parsed = parseEvent({ ...event, data: { unit: 'u-1', year: 2026, criteria } });
    expect(
      parsed.ok && Object.entries((parsed.event.data as typeof event.data & { criteria: object }).criteria),
    ).toEqual([[id, claim]]);
    const wrong = Object.fromEntries([[id, { ...claim, selfScore: 101 }]]);
    expect(parseEvent({ ...event, data: { unit: 'u-1', year: 2026, criteria: wrong } })).toMatchObject({
      faults: [{ field: `data.criteria.${id}.selfScore` }],
    });
  });
});

describe('given names that objects inherit, drawn in a chart', () => {
  const kept = () => [Object.prototype, Object, Object.prototype.toString].map((one) => Reflect.ownKeys(one));

  it('then they are drawn, and no object has got anything that it had not', () => {
    const before = kept();
    const data = ODD_IDS.filter((id) => !id.startsWith('-'));
    const option = {
      animation: false,
      legend: {},
      xAxis: { type: 'category' as const, data: [...data] },
      yAxis: {},
      series: data.slice(0, 4).map((name) => ({ type: 'bar' as const, name, data: data.map((_, at) => at) })),
    };
    const svg = svgOf(option, { width: 900, height: 300 });
    for (const name of data.slice(0, 4)) expect(svg).toContain(`>${name}<`);
    expect(kept()).toEqual(before);
  });
});

describe('given an id that could not work', () => {
  const idsOf = (one: string) => [
    recorded('u-1', 'a', { kind: one }),
    recorded('u-1', 'a', { form: one }),
    recorded('u-1', 'a', { indicator: one }),
    registered('u-1', { group: one }),
  ];
  it.each(['a,b', 'a:b', 'a b', 'a\u3000b', 'a\u00a0b', 'a\tb', 'a\u0007b', '.', '..', ' a', '', 'a\ud800'])(
    'then %j is refused as kind, form, indicator, group and criterion, and the rule is told',
    (odd) => {
      for (const event of idsOf(odd)) {
        const parsed = parseEvent(event);
        expect(parsed.ok).toBe(false);
        if (!parsed.ok) expect(parsed.faults[0]?.message).toMatch(/must not/);
      }
      expect(() => planWith({ criteria: { [odd]: 1 } })).toThrow();
    },
  );

  it.each(['.', '..', '...', '-', '_.~-', 'zone', 'a/b', 'a b', 'a:b'])(
    'then no unit is called %j',
    (unit) => {
      expect(parseEvent(registered(unit)).ok).toBe(false);
    },
  );

  it.each(['a', '7', '.a', 'a..', '农场-3', '__proto__', 'constructor'])(
    'while a unit may be called %j',
    (unit) => {
      expect(parseEvent(registered(unit))).toMatchObject({ ok: true });
    },
  );
});
