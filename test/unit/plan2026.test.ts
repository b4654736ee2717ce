import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Measure, plan } from '#schemas/plan.ts';
import document from '#schemas/plans/2026.json' with { type: 'json' };
import { plan2026 } from '#schemas/plans/plan2026.ts';

/** The table of the programme, typed a second time: id, clause, kind, measure, points, basis. */
const TABLE = `
learning.center-group|三(一)1|center-group-study|count month ≥1|20|default
learning.knowledge|三(一)|knowledge-study|variety economics finance law technology management ≥5|10|text
learning.training-forms|三(一)2|training|variety concentrated correspondence off-job self-study ≥3|10|default
learning.training-hours|三(一)2|training|sum year ≥40 per member|5|default
learning.platform|三(一)2|learning-platform|count year ≥1|5|default
learning.study-plans|三(一)2|study-plan|coverage 1|10|text
learning.plan-horizons|三(一)2|study-plan|variety long-term annual stage ≥3|5|text
learning.lectures|三(一)3|lecture|count half ≥1|10|default
learning.visits|三(一)3|study-visit|count year ≥1|10|default
learning.research|三(一)3|research|count quarter ≥1|15|text
unity.rules|三(二)1|decision-rules|variety rules procedures division ≥3|15|text
unity.collective-decisions|三(二)1|major-decisions|ratio none → zero|20|text
unity.mass-opinions|三(二)1|mass-opinions|ratio none → zero|10|text
unity.life-meeting|三(二)2|life-meeting|count half ≥1|25|text
unity.heart-talks|三(二)2|heart-talk|count half ≥1 led by head|15|default
unity.review|三(二)3|unity-review|count half ≥1|15|default
innovation.methods|三(三)1|method-innovation|count year ≥1|30|default
innovation.mechanisms|三(三)2|mechanism-innovation|count year ≥1|30|default
innovation.platforms|三(三)3|work-contest|count half ≥1|20|default
innovation.contest-results|三(三)3|contest-result|appraisal none → zero|20|default
integrity.major-matters|三(四)1|major-matter-report|coverage 1|15|default
integrity.three-talks|三(四)1|three-talks|ratio none → zero|15|default
integrity.three-dos|三(四)1|three-dos|ratio none → zero|15|default
integrity.conduct-tour|三(四)1|conduct-tour|count half ≥1|10|default
integrity.education|三(四)|integrity-education|variety routine case discipline theme ≥4|15|text
integrity.supervision|三(四)2|supervision|variety party social public-opinion ≥3|10|text
integrity.inspections|三(四)3|inspection|variety discipline organisation audit ≥3|10|text
integrity.rectification|三(四)3|rectification|ratio none → zero|10|default
development.goals|三(五)1|goal|variety near mid long ≥3|10|text
development.strategy|三(五)1|strategy|milestone 12-31|5|default
development.wishes|三(五)1|mass-wishes|count year ≥1|5|default
development.standing|三(五)2|honour|variety area-overall branch-overall branch-field ≥1|20|text
development.indicators|三(五)3|indicator|target|60|text
`;

const DEDUCTIONS = `
unity.admonition|unity|三(二)3|admonition-talk|5|20
unity.adjustment|unity|三(二)3|team-adjustment|10|30
development.family-planning|development|三(五)3|family-planning-incident|10|20
development.safety|development|三(五)3|safety-incident|10|20
development.public-order|development|三(五)3|public-order-incident|10|20
development.petition|development|三(五)3|petition-incident|10|20
`;

const VETOES = `
integrity.violation|三(四)|violation
development.major-safety|三(五)3|major-safety-accident
development.major-public-order|三(五)3|major-public-order-case
development.major-petition|三(五)3|major-petition
development.major-family-planning|三(五)3|major-family-planning-case
`;

const CONDITIONS = `
leading-group|五|leading-group-formed|03-31|default
head-in-charge|四(一)|head-in-charge|12-31|default
measures|四(一)|implementation-measures|12-31|default
publicity|四(二)|publicity|12-31|default
models|四(二)|role-model|12-31|default
sharing|四(二)|experience-sharing|12-31|default
self-inspection|四(三)|self-inspection|12-31|text
`;

/** How many numbered points (一要 二要 三要) each section of the source text has. */
const SECTIONS: Readonly<Record<string, number>> = {
  '三(一)': 3,
  '三(二)': 3,
  '三(三)': 3,
  '三(四)': 3,
  '三(五)': 3,
  '四(一)': 0,
  '四(二)': 0,
  '四(三)': 0,
  五: 0,
};

const rows = (table: string): string[] => table.trim().split('\n');

function words(measure: Measure): string {
  switch (measure.type) {
    case 'count':
      return `count ${measure.per} ≥${measure.atLeast}${measure.ledByHead ? ' led by head' : ''}`;
    case 'sum':
      return `sum ${measure.per} ≥${measure.atLeast}${measure.perMember ? ' per member' : ''}`;
    case 'coverage':
      return `coverage ${measure.share}`;
    case 'variety':
      return `variety ${measure.forms.join(' ')} ≥${measure.atLeast}`;
    case 'ratio':
    case 'appraisal':
      return `${measure.type} none → ${measure.whenNone}`;
    case 'milestone':
      return `milestone ${measure.by}`;
    case 'target':
      return 'target';
  }
}

const items = [...plan2026.requirements, ...plan2026.deductions, ...plan2026.vetoes, ...plan2026.conditions];

describe('the 2026 plan', () => {
  it('given the document as it lies on disk, then it passes the schema without losing a field', () => {
    expect(plan.parse(document)).toEqual(document);
  });

  it('given the table of the programme, then every requirement is there, in order, and nothing else', () => {
    const actual = plan2026.requirements.map(({ id, clause, kind, measure, points, basis }) =>
      [id, clause, kind, words(measure), points, basis].join('|'),
    );
    expect(actual).toEqual(rows(TABLE));
  });

  it('given the incidents, then deductions and vetoes are ours by default and vetoes cap at 59', () => {
    const { deductions, vetoes } = plan2026;
    expect(deductions.map((d) => [d.id, d.criterion, d.clause, d.kind, d.points, d.max].join('|'))).toEqual(
      rows(DEDUCTIONS),
    );
    expect(vetoes.map(({ id, clause, kind }) => [id, clause, kind].join('|'))).toEqual(rows(VETOES));
    expect(new Set(vetoes.map(({ cap }) => cap))).toEqual(new Set([59]));
    expect(new Set([...deductions, ...vetoes].map(({ basis }) => basis))).toEqual(new Set(['default']));
  });

  it('given the conditions, then they are those of sections four and five', () => {
    expect(plan2026.conditions.map((c) => [c.id, c.clause, c.kind, c.by, c.basis].join('|'))).toEqual(
      rows(CONDITIONS),
    );
  });

  it('given any criterion, then it weighs 20 and its requirements make 100 points', () => {
    for (const { id, weight } of plan2026.criteria) {
      const points = plan2026.requirements.filter(({ criterion }) => criterion === id).map((r) => r.points);
      expect([id, weight, points.reduce((sum, value) => sum + value, 0)]).toEqual([id, 20, 100]);
    }
  });

  it('given the numbers, then 14 requirements rest on the text and 19 on defaults', () => {
    const based = (basis: string) => plan2026.requirements.filter((r) => r.basis === basis).length;
    expect([based('text'), based('default')]).toEqual([14, 19]);
  });

  it('given any item, then its clause is one that the source text has', () => {
    for (const { id, clause } of items) {
      const [, section = '', point] = /^([三四]\([一二三四五]\)|五)(\d)?$/.exec(clause) ?? [];
      expect([id, section in SECTIONS]).toEqual([id, true]);
      expect([id, Number(point ?? 0) <= (SECTIONS[section] ?? 0)]).toEqual([id, true]);
    }
    for (const section of Object.keys(SECTIONS))
      expect([section, items.some(({ clause }) => clause.startsWith(section))]).toEqual([section, true]);
    for (const [section, points] of Object.entries(SECTIONS))
      for (let point = 1; point <= points; point += 1)
        expect(items.map(({ clause }) => clause)).toContain(`${section}${point}`);
  });

  it('given any item, then it has a name in both languages', () => {
    for (const { id, name } of items) {
      expect([id, /\p{Script=Han}/u.test(name?.zh ?? '')]).toEqual([id, true]);
      expect([id, /^[\x20-\x7e]+$/.test(name?.en ?? '')]).toEqual([id, true]);
    }
  });

  it('given the description of the programme, then it speaks of every item and every clause', () => {
    const text = readFileSync(new URL('../../docs/programme.md', import.meta.url), 'utf8');
    for (const { id, clause } of items) {
      expect(text).toContain(`\`${id}\``);
      expect(text).toContain(clause);
    }
  });
});
