import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { fromOrganisation, fromUnit, planFor, recorded, registered } from '#test/support/events.ts';
import { ODD_IDS } from '#test/support/oddIds.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** A zone whose every id is one that code may trip over, through the doors and out of every answer and document. */

let product: Product;
const YEAR = 2025;
const UNITS = ['__proto__', 'constructor', 'toString', 'valueOf'];
const ON = `${YEAR}-12-31`;
const named = (id: string) => ({ zh: `型 ${id}`, en: `type ${id}` });
const common = { clause: '一', basis: 'default', points: 10 };

const plan = {
  ...planFor(YEAR),
  criteria: ODD_IDS.map((id, index) => ({ id, name: named(id), weight: index + 1 })),
  requirements: ODD_IDS.flatMap((id) => [
    {
      ...common,
      id,
      criterion: id,
      name: named(id),
      kind: id,
      measure: { type: 'appraisal', whenNone: 'zero' },
    },
    {
      ...common,
      id: `${id}.forms`,
      criterion: id,
      name: named(id),
      kind: id,
      measure: { type: 'variety', forms: [...ODD_IDS], atLeast: 1 },
    },
    { ...common, id: `${id}.target`, criterion: id, name: named(id), kind: id, measure: { type: 'target' } },
  ]),
  deductions: ODD_IDS.slice(0, 3).map((id) => ({
    ...common,
    id,
    criterion: id,
    kind: `bad-${id}`,
    points: 1,
    max: 5,
  })),
  vetoes: [{ id: '__proto__', clause: '一', basis: 'default', kind: 'grave', cap: 59 }],
  conditions: [{ id: 'constructor', clause: '一', basis: 'default', kind: 'constructor', by: '12-31' }],
};

const score = (unit: number, index: number): number => 90 - 10 * unit - index;

const events = UNITS.flatMap((unit, at) => [
  registered(unit, { group: UNITS[at % 2] }),
  ...ODD_IDS.flatMap((id, index) => [
    fromOrganisation(unit, 'target.assigned', {
      year: YEAR,
      indicator: id,
      target: 10,
      direction: 'atLeast',
    }),
    recorded(unit, `a-${index}`, {
      year: YEAR,
      occurredOn: `${YEAR}-03-01`,
      kind: id,
      form: id,
      score: score(at, index),
      indicator: id,
      value: 10,
    }),
  ]),
  fromUnit(unit, 'selfinspection.submitted', {
    year: YEAR,
    criteria: Object.fromEntries(
      ODD_IDS.map((id) => [id, { selfScore: 95, shortcomings: '短', remedies: '改' }]),
    ),
  }),
]);

beforeAll(async () => {
  product = await startProduct();
  await product.json(`/plans/${YEAR}`, { method: 'PUT', body: plan });
  for (let from = 0; from < events.length; from += 40) {
    const { receipts } = await product.send(
      events.slice(from, from + 40).filter(({ source }) => source === '/organisation'),
    );
    expect(receipts.filter(({ status }) => status !== 'appended')).toEqual([]);
  }
  for (const unit of UNITS) {
    const token = await product.tokens.unit(unit);
    const own = events.filter(({ source, subject }) => source !== '/organisation' && subject === unit);
    const { receipts } = await product.send(own, token);
    expect(receipts.filter(({ status }) => status !== 'appended')).toEqual([]);
  }
});
afterAll(async () => {
  expect(product.errors).toEqual([]);
  await product.stop();
});

const seen = `basis=year&on=${ON}`;
const rowsOf = async (query = '') =>
  (await product.json<Ranking>(`/rankings/${YEAR}?${seen}${query}`)).rows as RankingRow[];

describe('given a zone whose ids are names that objects inherit', () => {
  it('then each criterion’s score is in the row, under its id', async () => {
    const rows = await rowsOf();
    expect(rows.map(({ unit }) => unit)).toEqual(UNITS);
    for (const [at, row] of rows.entries())
      expect(Object.entries(row.criteria)).toEqual(
        ODD_IDS.map((id, index) => [id, expect.closeTo((score(at, index) + 110) / 3, 3)]),
      );
  });

  it.each(ODD_IDS)('when %s alone weighs anything, then the total is its score', async (id) => {
    const weights = encodeURIComponent(ODD_IDS.map((one) => `${one}:${one === id ? 1 : 0}`).join(','));
    for (const row of await rowsOf(`&weights=${weights}`)) {
      const criterion = new Map(Object.entries(row.criteria)).get(id);
      expect(row.total).toBe(criterion);
    }
  });

  it('then a group is filtered by, a unit stands, and its claims and gaps are under their ids', async () => {
    expect((await rowsOf('&group=__proto__')).map(({ unit }) => unit)).toEqual(['__proto__', 'toString']);
    for (const unit of UNITS) {
      const { requirements, selfInspection } = await product.json<Standing>(
        `/units/${unit}/standing?year=${YEAR}&${seen}`,
      );
      expect(requirements.map(({ attainment }) => attainment)).not.toContain(null);
      expect(Object.keys(selfInspection?.criteria ?? {}).sort()).toEqual([...ODD_IDS].sort());
    }
  });

  it.each(ODD_IDS)('then the template of the kind %s comes under its name', async (id) => {
    const answer = await product.call(
      `/imports/template?kind=activities&year=${YEAR}&of=${encodeURIComponent(id)}`,
    );
    expect(answer.status).toBe(200);
    const [, name = ''] =
      /filename\*=UTF-8''(\S+)/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
    expect(decodeURIComponent(name)).toBe(`wuxing-activities-${id}.xlsx`);
  });

  it('then every page is answered', async () => {
    const paths = [
      ...ODD_IDS.flatMap((id) => [
        `requirements/${YEAR}/${encodeURIComponent(id)}`,
        `criteria/${YEAR}/${encodeURIComponent(id)}`,
      ]),
      ...['overview', 'gaps', 'teaching', 'commendations', 'self-inspections', 'calendar'].map(
        (page) => `${page}/${YEAR}`,
      ),
      ...UNITS.flatMap((unit) => ['way-up', 'peers', 'trend'].map((page) => `units/${unit}/${page}`)),
    ];
    for (const path of paths) {
      const year = path.startsWith('units/') ? `year=${YEAR}&` : '';
      const response = await product.call(`/${path}?${year}${seen}`);
      expect([path, response.status]).toEqual([path, 200]);
    }
    for (const id of ODD_IDS)
      expect(
        await product.json(`/units/toString/activities?year=${YEAR}&kind=${encodeURIComponent(id)}`),
      ).toMatchObject({ activities: [{ kind: id, form: id }] });
  });

  it.each([
    ...['csv', 'xlsx', 'docx', 'pptx', 'pdf', 'svg'].map((format) => `ranking.${format}`),
    ...['xlsx', 'svg'].map((format) => `gaps.${format}`),
    ...['docx', 'pptx'].map((format) => `meeting.${format}`),
    ...['xlsx', 'docx', 'pdf', 'svg'].map((format) => `unit.${format}`),
  ])('then the document %s is made', async (document) => {
    const unit = document.startsWith('unit') ? '&unit=constructor' : '';
    const response = await product.call(`/exports/${document}?year=${YEAR}&${seen}${unit}`);
    expect([response.status, (await response.arrayBuffer()).byteLength > 100]).toEqual([200, true]);
  });
});
