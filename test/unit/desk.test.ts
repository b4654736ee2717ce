import { describe, expect, test } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ASKED_FIELDS, askedOf, reportableKinds } from '#schemas/reportFields.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type { RequirementRow } from '#schemas/results/results.ts';
import { compilePlan } from '#schemas/scoring.ts';
import { standingOf } from '#schemas/standing.ts';
import { standingsOf } from '#test/support/randomZone.ts';
import { tallyOf } from '#test/support/tally.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { faultWord } from '../../dashboard/pages/desk/effect.ts';
import { blankEntry, type Entry, entryOf, membersIn, readEntry } from '../../dashboard/pages/desk/entry.ts';
import { prefilled } from '../../dashboard/pages/desk/prefill.ts';

const TODAY = '2026-11-22';
const LANGUAGES = ['zh-CN', 'en'] as const;

/** All fields typed at once, as somebody leaves them who changes the kind again and again. */
const FULL: Omit<Entry, 'kind'> = {
  ...blankEntry(),
  occurredOn: '2026-11-20',
  title: '  秋收总结  ',
  form: 'self-study',
  quantity: '１，２００．５',
  due: '4',
  done: '3',
  members: ['m-01', 'm-02'],
  score: '88',
  indicator: 'grain',
  value: '-5',
  ledByHead: true,
};
const read = (more: Partial<Entry>) => readEntry({ ...FULL, kind: 'training', ...more }, plan2026, TODAY);
const fieldsAt = (more: Partial<Entry>): string[] => read(more).faults.map(({ field }) => field);

describe('what is typed', () => {
  test('is read as the door takes it, with nothing that the kind does not ask, whatever the kind', () => {
    for (const kind of reportableKinds(plan2026)) {
      const asked = askedOf(plan2026, kind);
      const { body, faults } = read({ kind, form: asked.forms[0] ?? 'none' });
      expect([kind, faults]).toEqual([kind, []]);
      const kept = ASKED_FIELDS.filter((field) => field in body);
      expect([kind, kept]).toEqual([kind, [...asked.fields]]);
      expect(body.title).toBe('秋收总结');
    }
  });

  test('may have full-width digits and commas between thousands; what is no number is told at its field', () => {
    expect(read({}).body.quantity).toBe(1200.5);
    expect(fieldsAt({ quantity: '十二' })).toEqual(['data.quantity']);
    expect(fieldsAt({ quantity: '1.2.3' })).toEqual(['data.quantity']);
    expect(fieldsAt({ quantity: '0.1234567' })).toEqual(['data.quantity']);
    // Of another kind's field nothing is said.
    expect(fieldsAt({ score: 'x' })).toEqual([]);
    expect(membersIn('m-01，m-02、 m-03；m-01')).toEqual(['m-01', 'm-02', 'm-03']);
  });

  test('is told where it is wrong, once a field, in a sentence of either language', () => {
    const wrong = { kind: 'study-plan', occurredOn: '', title: ' ', form: '', members: ['张三'] };
    expect(fieldsAt(wrong)).toEqual(['data.occurredOn', 'data.title', 'data.members', 'data.form']);
    expect(fieldsAt({ occurredOn: '2026-11-23' })).toEqual(['data.occurredOn']);
    expect(fieldsAt({ occurredOn: '2025-11-20' })).toEqual(['data.occurredOn']);
    for (const locale of LANGUAGES) {
      const words = wordsOf(locale);
      const told = read(wrong).faults.map((fault) => faultWord(words, fault, 2026));
      expect(new Set(told).size).toBe(told.length);
      if (locale === 'zh-CN')
        for (const sentence of told) expect(sentence).toMatch(/^[^A-Za-z]*(m-07)?[^A-Za-z]*$/);
    }
  });

  test('comes out as it went in, where a report is amended', () => {
    const { body } = read({});
    expect(readEntry(entryOf(body), plan2026, TODAY)).toEqual({ body, faults: [] });
  });
});

const hints: ReportHints = {
  unit: 'u-01',
  name: '甲',
  teamSize: 5,
  head: 'm-01',
  targets: [
    { kind: 'indicator', indicator: 'grain', direction: 'atLeast', target: 100, value: 120 },
    { kind: 'indicator', indicator: 'debt', direction: 'atMost', target: 5, value: 7 },
  ],
  forms: [{ kind: 'goal', forms: ['near'] }],
  members: [],
  plan: { year: 2026, version: 1 },
  watermark: '0',
};
const question = { basis: 'year', on: TODAY } as const;
const rows: RequirementRow[] = (() => {
  const training = { kind: 'training', occurredOn: '2026-02-01', form: 'self-study', quantity: 60.5 };
  const { judge, ranked } = standingsOf(plan2026, [tallyOf(plan2026, [training])], question);
  const verdict = ranked.verdicts[0];
  return verdict ? standingOf(judge, verdict, ranked).requirements : [];
})();

describe('a form that is opened for what is owed', () => {
  const opened = (id: string, label?: string): Entry => {
    const requirement = rows.find((row) => row.id === id);
    const window = requirement?.windows.find((one) => one.label === label) ?? requirement?.windows[0];
    return prefilled(plan2026, hints, { kind: requirement?.kind ?? '', requirement, window }, TODAY);
  };

  test('is filled in with what the window lacks', () => {
    expect(compilePlan(plan2026, question).gauges.length).toBe(rows.length);
    expect(opened('learning.training-hours')).toMatchObject({ kind: 'training', quantity: '139.5' });
    expect(opened('development.goals')).toMatchObject({ form: 'mid' });
    expect(opened('unity.heart-talks', '2026-H2')).toMatchObject({ ledByHead: true, occurredOn: TODAY });
    expect(opened('development.indicators')).toMatchObject({ indicator: 'debt' });
  });

  test('takes today for the day only inside the window: of what is over nobody but the unit knows the day', () => {
    expect(opened('learning.research', '2026-Q4').occurredOn).toBe(TODAY);
    expect(opened('learning.research', '2026-Q2').occurredOn).toBe('');
  });

  test('asks nothing that is filled in wrongly: what is missing is what only the unit knows', () => {
    for (const { id, windows } of rows) {
      const open = windows.find(({ status }) => status === 'open');
      if (!open) continue;
      const { faults } = readEntry({ ...opened(id, open.label), title: '标题' }, plan2026, TODAY);
      const left = faults.map(({ field }) => field.slice(5));
      for (const field of left)
        expect(['members', 'due', 'done', 'score', 'value', 'form', 'quantity']).toContain(field);
    }
  });
});
