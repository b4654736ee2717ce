import { z } from 'zod';
import {
  asChoice,
  asDay,
  asFlag,
  asId,
  asLines,
  asList,
  asName,
  asNumber,
  asTerm,
  asText,
  asWhole,
  type Cell,
  plainOf,
  type Reader,
} from './cells.ts';

/** What can be brought in a spreadsheet; each kind makes events of its own. */
export const sheetKind = z.enum(['activities', 'units', 'targets', 'incidents']);
export type SheetKind = z.infer<typeof sheetKind>;

/** What can be brought in a file: those, and the plan of a year, which is one document and not one event a row. */
export const importKind = z.enum([...sheetKind.options, 'plan']);
export type ImportKind = z.infer<typeof importKind>;

type Bilingual = { zh: string; en: string };

/** A column of a kind: the field of the event's data that it fills, and how it is headed, read and explained. */
export type SheetColumn = {
  field: string;
  head: Bilingual;
  /** Other heads by which it is known. */
  also: readonly string[];
  required: boolean;
  read: Reader<unknown>;
  hint: Bilingual;
  example: string | number;
};

export const column = (
  field: string,
  [zh, en]: readonly [string, string],
  read: Reader<unknown>,
  [hintZh, hintEn]: readonly [string, string],
  example: string | number,
  { also = [], required = false }: { also?: readonly string[]; required?: boolean } = {},
): SheetColumn => ({
  field,
  head: { zh, en },
  also,
  required,
  read,
  hint: { zh: hintZh, en: hintEn },
  example,
});

const DIRECTIONS = {
  atLeast: ['不低于', '不少于', '至少', '≥', '>=', 'at least'],
  atMost: ['不高于', '不超过', '至多', '≤', '<=', 'at most'],
} as const;

const unit = column(
  'unit',
  ['单位编号', 'Unit'],
  asId,
  ['登记时的编号,如 farm-03', 'The id it is registered under, such as farm-03'],
  'farm-03',
  { also: ['编号', '单位', 'unit id', 'id'], required: true },
);
const kind = column(
  'kind',
  ['类型', 'Kind'],
  asName,
  ['方案中的活动类型或要求名称', 'A kind of activity or the name of a requirement of the plan'],
  'research',
  { also: ['活动类型', '事项', 'type'], required: true },
);
const occurredOn = column(
  'occurredOn',
  ['日期', 'Date'],
  asDay,
  ['活动当天,如 2026-04-17', 'The day on which it took place, such as 2026-04-17'],
  '2026-04-17',
  { also: ['活动日期', '发生日期', 'occurred on', 'occurredon', 'day'], required: true },
);
const title = column(
  'title',
  ['标题', 'Title'],
  asText,
  ['一句话说明做了什么', 'What was done, in a sentence'],
  '水稻育秧大棚利用情况专题调研',
  { also: ['名称', '活动名称', '内容'], required: true },
);
const year = column(
  'year',
  ['年度', 'Year'],
  asWhole,
  ['留空则取日期所在年', 'Left empty: the year of the date'],
  2026,
  {
    also: ['年份', '年'],
  },
);
const activity = column(
  'activity',
  ['活动编号', 'Activity'],
  asId,
  ['留空则自动编号;填已有编号则更正该条', 'Left empty: given by the system; that of a report corrects it'],
  '',
  { also: ['记录编号', 'activity id'] },
);
const note = column('note', ['备注', 'Note'], asText, ['', ''], '', { also: ['说明', 'notes', 'remark'] });
const evidence = column(
  'evidence',
  ['佐证材料', 'Evidence'],
  asLines,
  ['链接或文件名,一行一个', 'Links or names of files, one a line'],
  '',
  { also: ['证明材料', '佐证', '附件'] },
);

const UNITS: readonly SheetColumn[] = [
  unit,
  column('name', ['名称', 'Name'], asText, ['单位全称', 'The unit’s full name'], '第三管理区', {
    also: ['单位名称'],
    required: true,
  }),
  column(
    'group',
    ['类别', 'Group'],
    asTerm,
    ['同类单位一起比较,如 农业管理区', 'Units of a group are compared, such as farm'],
    'farm',
    {
      also: ['单位类别', '组别'],
      required: true,
    },
  ),
  column(
    'teamSize',
    ['班子人数', 'Team size'],
    asWhole,
    ['领导班子成员数', 'How many members the team has'],
    8,
    {
      also: ['人数', 'teamsize', '班子成员数'],
      required: true,
    },
  ),
  column(
    'head',
    ['一把手', 'Head'],
    asId,
    ['代号,不填姓名,如 m-01', 'An opaque id such as m-01, never a name'],
    'm-01',
    {
      also: ['一把手代号', '负责人代号'],
      required: true,
    },
  ),
  column(
    'since',
    ['起始日期', 'Since'],
    asDay,
    ['年中成立的单位填写', 'For a unit that begins within a year'],
    '',
    {
      also: ['成立日期', '纳入日期'],
    },
  ),
];

const ACTIVITIES: readonly SheetColumn[] = [
  activity,
  unit,
  year,
  kind,
  occurredOn,
  title,
  column('quantity', ['数量', 'Quantity'], asNumber, ['如学时(人·时)', 'For example hours of training'], '', {
    also: ['学时', '数量(人·时)'],
  }),
  column('due', ['应做数', 'Due'], asNumber, ['应做几项', 'How many were due'], '', {
    also: ['应做', '应办数'],
  }),
  column('done', ['完成数', 'Done'], asNumber, ['其中做了几项', 'How many of those were done'], '', {
    also: ['已做数', '完成', '已办数'],
  }),
  column(
    'members',
    ['成员', 'Members'],
    asList,
    ['代号,用顿号或逗号隔开', 'Opaque ids, set apart by commas'],
    '',
    { also: ['参加成员', '涉及成员'] },
  ),
  column(
    'form',
    ['形式', 'Form'],
    asTerm,
    ['方案列出的形式之一', 'One of the forms that the plan lists'],
    '',
    { also: ['类别', '活动形式'] },
  ),
  column('score', ['得分', 'Score'], asNumber, ['0 至 100', '0 to 100'], '', { also: ['成绩', '评分'] }),
  column(
    'indicator',
    ['指标', 'Indicator'],
    asName,
    ['下达的经济指标', 'An indicator that was assigned'],
    '',
    { also: ['指标名称'] },
  ),
  column('value', ['完成值', 'Value'], asNumber, ['指标完成到多少', 'What the indicator has reached'], '', {
    also: ['指标值', '实际值'],
  }),
  column('ledByHead', ['一把手带头', 'Led by head'], asFlag, ['是 或 否', 'yes or no'], '', {
    also: ['一把手主持', 'ledbyhead'],
  }),
  evidence,
  note,
];

const TARGETS: readonly SheetColumn[] = [
  unit,
  { ...year, required: true, hint: { zh: '考核年度', en: 'The year of the plan' } },
  column('indicator', ['指标', 'Indicator'], asName, ['指标名称', 'Its name'], '粮食总产(吨)', {
    also: ['指标名称'],
    required: true,
  }),
  column('target', ['目标值', 'Target'], asNumber, ['大于 0', 'Greater than 0'], 12_000, {
    also: ['目标', '任务数'],
    required: true,
  }),
  column(
    'direction',
    ['方向', 'Direction'],
    asChoice(DIRECTIONS),
    ['不低于 或 不高于', 'at least or at most'],
    '不低于',
    { required: true },
  ),
];

const INCIDENTS: readonly SheetColumn[] = [activity, unit, year, kind, occurredOn, title, evidence, note];

export const SHEET_COLUMNS: Readonly<Record<SheetKind, readonly SheetColumn[]>> = {
  units: UNITS,
  activities: ACTIVITIES,
  targets: TARGETS,
  incidents: INCIDENTS,
};

/** Heads and names of sheets, as they are compared. */
export const folded = (text: string): string => text.toLowerCase().replaceAll(/[\s*＊（）()]/g, '');

/** Which of the columns a head names; undefined where it is none. Stars and brackets of templates do not count. */
export function columnIn(columns: readonly SheetColumn[], head: Cell): SheetColumn | undefined {
  const wanted = folded(plainOf(head));
  if (wanted === '') return undefined;
  const isNamed = ({ field, head: { zh, en }, also }: SheetColumn, also2: boolean): boolean =>
    [zh, en, field, ...(also2 ? also : [])].some((name) => folded(name.normalize('NFKC')) === wanted);
  // A head of one column may be another name of an earlier one: the proper name goes first.
  return columns.find((one) => isNamed(one, false)) ?? columns.find((one) => isNamed(one, true));
}
