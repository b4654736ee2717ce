import type { basisOf, others, Plan, period } from '../../plan.ts';
import type { PlanList } from '../../planDifferences.ts';
import {
  asChoice,
  asDay,
  asFlag,
  asNumber,
  asText,
  asWhole,
  type Cell,
  type Reader,
  type Reading,
  textOf,
} from '../cells.ts';
import { column, type SheetColumn } from '../columns.ts';

/** A plan as a workbook: a sheet for what is said of it as a whole, and one for each of its lists. */

/** Names of one choice: Chinese, English, and other spellings. */
type Choice = readonly [zh: string, en: string, ...also: string[]];
export type Choices = Readonly<Record<string, Choice>>;

/** A column of a list, or a row of the first sheet. `field` is the path in the document, `measure.per`. */
export type PlanColumn = SheetColumn & {
  choices?: Choices;
  /** Its choices are ids that stand in the plan itself. */
  listed?: 'criteria' | 'clauses' | 'kinds';
};

/** The sheet of what is said of the plan as a whole, then its lists in the order of the document. */
export type PlanTabId = 'plan' | PlanList;
export type PlanTab = { id: PlanTabId; name: { zh: string; en: string }; columns: readonly PlanColumn[] };

export const MEASURE_TYPES = {
  count: ['次数', 'number of times'],
  sum: ['累计数量', 'sum of quantities'],
  coverage: ['覆盖成员', 'members covered'],
  variety: ['形式种类', 'different forms'],
  ratio: ['完成率', 'done of what was due'],
  target: ['指标完成', 'targets met'],
  milestone: ['期限', 'by a day'],
  appraisal: ['评比成绩', 'mean score'],
} as const satisfies Record<Plan['requirements'][number]['measure']['type'], Choice>;

export const PERIODS = {
  year: ['全年', 'in the year'],
  half: ['每半年', 'each half-year'],
  quarter: ['每季度', 'each quarter'],
  month: ['每月', 'each month'],
} as const satisfies Record<(typeof period.options)[number], Choice>;

export const WHEN_NONE = {
  zero: ['得零', 'nothing'],
  full: ['得满', 'full marks'],
  exclude: ['不计', 'not counted'],
} as const satisfies Record<'zero' | 'full' | 'exclude', Choice>;

export const BASES = {
  text: ['文件原定', 'set by the text'],
  default: ['本区暂定', 'set by the zone'],
} as const satisfies Record<(typeof basisOf.options)[number], Choice>;

const COUNTS = {
  reported: ['上报即计入', 'once reported'],
  verified: ['核实后计入', 'once verified'],
} as const satisfies Record<Plan['counts'], Choice>;

const OTHERS = {
  'rank-and-total': ['名次和总分', 'ranks and totals'],
  'rank-only': ['仅名次', 'ranks alone'],
  none: ['不可见', 'nothing'],
} as const satisfies Record<(typeof others.options)[number], Choice>;

/** Ids as they stand: a plan may hold signs that other columns would rewrite. Numbers of more digits than a cell keeps are refused. */
const asPlanId: Reader<string> = (cell) => {
  const odd = cell instanceof Date || (typeof cell === 'number' && (!Number.isInteger(cell) || cell >= 1e15));
  return odd ? { fault: { code: 'rewritten', shown: textOf(cell).slice(0, 60) } } : { value: textOf(cell) };
};

/** `12-31`, in any spelling; spreadsheets make a date of it, whose year says nothing. */
const asMonthDay: Reader<string> = (cell) => {
  const text = textOf(cell);
  // A leap year: the plan says itself that the 29th of February is no day of every year.
  const read: Reading<string> =
    cell instanceof Date || typeof cell === 'number' || /^\d{4}\D/.test(text)
      ? asDay(cell)
      : asDay(
          `2000-${text.replace(/^(\d{1,2})月(\d{1,2})[日号]?$/, '$1-$2').replaceAll(/[./]/g, '-')}` as Cell,
        );
  return 'value' in read
    ? { value: read.value.slice(5) }
    : { fault: { code: 'no-month-day', shown: text.slice(0, 60) } };
};

const asForms: Reader<string[]> = (cell) => ({
  value: textOf(cell)
    .split(/[\s,，;；、]+/u)
    .filter((part) => part !== ''),
});

type Said = readonly [zh: string, en: string];
type Extras = { required?: boolean; also?: readonly string[]; listed?: PlanColumn['listed'] };

const plain = (
  field: string,
  head: Said,
  read: Reader<unknown>,
  hint: Said = ['', ''],
  { listed, ...extras }: Extras = {},
): PlanColumn => ({ ...column(field, head, read, hint, '', extras), ...(listed && { listed }) });

/** A column whose cells hold one of a few words, in either language. */
function choice(field: string, head: Said, choices: Choices, hint?: Said, extras?: Extras): PlanColumn {
  const spellings = Object.fromEntries(
    Object.entries(choices).map(([id, names]) => [id, names.map((name) => name.toLowerCase())]),
  );
  return { ...plain(field, head, asChoice(spellings), hint, extras), choices };
}

const MUST = { required: true } as const;

/** Yes or no. */
const flag = (field: string, head: Said, hint: Said): PlanColumn => ({
  ...plain(field, head, asFlag, hint),
  choices: { true: ['是', 'yes'], false: ['否', 'no'] },
});

const id = plain(
  'id',
  ['编号', 'Id'],
  asPlanId,
  ['同一编号即同一项；改名不改编号', 'What has the same id is the same item; keep it when you rename'],
  MUST,
);
const names = (must: boolean): PlanColumn[] => [
  plain('name.zh', ['中文名称', 'Chinese name'], asText, ['', ''], {
    required: must,
    also: ['名称', 'name'],
  }),
  plain('name.en', ['英文名称', 'English name'], asText, ['', ''], { required: must }),
];
const clause = plain(
  'clause',
  ['条款', 'Clause'],
  asPlanId,
  ['所依据的条款号', 'The number of the clause that it follows from'],
  { ...MUST, listed: 'clauses' },
);
const basis = choice(
  'basis',
  ['依据', 'Basis'],
  BASES,
  ['数值是文件原定，还是本区暂定', 'Whether the text sets the number, or the zone does'],
  MUST,
);
const kind = plain(
  'kind',
  ['活动类型', 'Kind of activity'],
  asPlanId,
  ['看哪一种活动；同类共用一个代号', 'Which activities it looks at, by their id'],
  { ...MUST, also: ['类型', 'kind'], listed: 'kinds' },
);
const points = plain(
  'points',
  ['分值', 'Points'],
  asNumber,
  ['在该型内占几分，大于 0', 'Within its type, greater than 0'],
  MUST,
);
const BY: Said = ['期限', 'Due day'];
const BY_HINT: Said = ['月-日，如 12-31', 'Month and day, such as 12-31'];

const HEAD: readonly PlanColumn[] = [
  plain('year', ['年度', 'Year'], asWhole, ['', ''], MUST),
  plain('version', ['版本', 'Version'], asWhole, ['留空则为下一版', 'Left empty: the next one']),
  plain('basedOn', ['所依据的版本', 'Based on version'], asWhole, [
    '下载时采用的版本；其间已有新版的，上传时会提醒',
    'The version that was adopted when this was downloaded: you are told if there is a newer one',
  ]),
  plain('title.zh', ['中文标题', 'Chinese title'], asText, ['', ''], MUST),
  plain('title.en', ['英文标题', 'English title'], asText, ['', ''], MUST),
  plain('timezone', ['时区', 'Time zone'], asText, ['如 Asia/Shanghai', 'Such as Asia/Shanghai'], MUST),
  choice('counts', ['怎样计入', 'What counts'], COUNTS, ['', ''], MUST),
  choice('others', ['单位能看到什么', 'What units see of others'], OTHERS, [
    '留空为名次和总分',
    'Left empty: ranks and totals',
  ]),
];

const MEASURE: readonly PlanColumn[] = [
  choice(
    'measure.type',
    ['计量方式', 'Measure'],
    MEASURE_TYPES,
    [
      '决定后面哪些列要填，其余留空',
      'Says which of the columns behind are filled in; leave the others empty',
    ],
    MUST,
  ),
  choice('measure.per', ['周期', 'Period'], PERIODS, ['次数、累计数量', 'Of times and sums']),
  plain('measure.atLeast', ['至少', 'At least'], asNumber, [
    '次数、累计数量、形式种类',
    'Of times, sums and forms',
  ]),
  flag('measure.ledByHead', ['只计一把手带头', 'Led by the head alone'], ['次数', 'Of times']),
  flag('measure.perMember', ['按班子人均', 'For each member'], ['累计数量', 'Of sums']),
  plain('measure.share', ['覆盖比例', 'Share to cover'], asNumber, [
    '覆盖成员；0 至 1',
    'Of members covered; 0 to 1',
  ]),
  plain('measure.forms', ['形式', 'Forms'], asForms, [
    '形式种类；用顿号或逗号隔开',
    'Of forms; set apart by commas',
  ]),
  choice('measure.whenNone', ['没有报告时', 'Without a report'], WHEN_NONE, [
    '完成率、评比成绩',
    'Of what was due, and of mean scores',
  ]),
  plain('measure.by', BY, asMonthDay, ['期限；月-日，如 12-31', 'By a day; month and day, such as 12-31']),
];

const criterionOf = plain(
  'criterion',
  ['所属的型', 'Type'],
  asPlanId,
  ['“五型”表中的编号', 'An id of the sheet Types'],
  { ...MUST, listed: 'criteria' },
);

export const PLAN_TABS: readonly PlanTab[] = [
  { id: 'plan', name: { zh: '方案', en: 'Plan' }, columns: HEAD },
  {
    id: 'criteria',
    name: { zh: '五型', en: 'Types' },
    columns: [
      id,
      ...names(true),
      plain('weight', ['权重', 'Weight'], asNumber, ['大于 0', 'Greater than 0'], MUST),
    ],
  },
  {
    id: 'requirements',
    name: { zh: '要求', en: 'Requirements' },
    columns: [id, criterionOf, ...names(true), clause, basis, points, kind, ...MEASURE],
  },
  {
    id: 'deductions',
    name: { zh: '扣分', en: 'Deductions' },
    columns: [
      id,
      criterionOf,
      ...names(false),
      clause,
      basis,
      kind,
      { ...points, hint: { zh: '每起扣几分', en: 'Taken off for each incident' } },
      plain('max', ['最多扣', 'At most'], asNumber, ['大于 0', 'Greater than 0'], MUST),
    ],
  },
  {
    id: 'vetoes',
    name: { zh: '一票否决', en: 'Vetoes' },
    columns: [
      id,
      ...names(false),
      clause,
      basis,
      kind,
      plain('cap', ['总分上限', 'Cap of the total'], asNumber, ['0 至 100', '0 to 100'], MUST),
    ],
  },
  {
    id: 'conditions',
    name: { zh: '评优条件', en: 'Conditions' },
    columns: [id, ...names(false), clause, basis, kind, plain('by', BY, asMonthDay, BY_HINT, MUST)],
  },
  {
    id: 'clauses',
    name: { zh: '条款原文', en: 'Clauses' },
    columns: [
      plain('id', ['条款', 'Clause'], asPlanId, ['', ''], { ...MUST, also: ['条款号'] }),
      plain('text.zh', ['中文原文', 'Chinese text'], asText, ['', ''], { ...MUST, also: ['原文'] }),
      plain('text.en', ['英文', 'English text'], asText, ['', ''], MUST),
    ],
  },
];

export const planTab = (wanted: PlanTabId): PlanTab =>
  PLAN_TABS.find(({ id: one }) => one === wanted) as PlanTab;
