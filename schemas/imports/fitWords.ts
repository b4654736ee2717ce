import type { Fault } from '../admission.ts';
import { shapeInChinese } from '../shapeWords.ts';
import type { ImportLanguage } from './words.ts';

/** What the door's faults mean to a clerk, by the field at fault. Fields that are not here keep the door's sentence. */
const ZH: Readonly<Record<string, (message: string) => string>> = {
  'data.unit': () => '没有这个单位；请先登记该单位。',
  'data.kind': (message) => `方案里没有这种活动。${listIn(message, '可填')}`,
  'data.form': (message) => `形式没有填写，或不在方案所列之内。${listIn(message, '可填')}`,
  'data.due': (message) => `应做数没有填写，或小于完成数${figureIn(message)}。`,
  'data.done': () => '完成数没有填写，或小于 0。',
  'data.members': () => '成员没有填写，或不是代号（如 m-07）；请填代号，不填姓名。',
  'data.quantity': () => '数量没有填写，或小于 0。',
  'data.score': () => '得分没有填写，或不在 0 至 100 之间。',
  'data.indicator': () => '指标没有填写。',
  'data.value': () => '完成值没有填写。',
  'data.occurredOn': (message) => (message.includes('after') ? '日期晚于今天。' : '日期不在该年度之内。'),
  'data.title': () => '标题没有可读的文字，或超过 200 字。',
  'data.name': () => '名称没有可读的文字，或超过 200 字。',
  'data.teamSize': () => '班子人数应为 1 以上的整数。',
  'data.head': () => '一把手请填代号（如 m-01），不填姓名。',
  'data.group': () => '类别不能含有空格、逗号或冒号，最长 64 字。',
  'data.year': () => '年度不对。',
  'data.target': () => '目标值应大于 0。',
  'data.since': () => '起始日期不对。',
  'data.activity': () => '活动编号不对，或已被占用。',
  'data.evidence': () => '佐证材料过多或过长。',
  'data.note': () => '备注超过 4000 字。',
};

/** The list that a door's sentence ends with: “… one of a, b, c”, “it has a, b, c”. */
function listIn(message: string, lead: string): string {
  const [, list] = /(?:one of|it has) (.+)$/.exec(message) ?? [];
  return list ? `${lead}：${list.slice(0, 300)}。` : '';
}

function figureIn(message: string): string {
  const [, done] = /number done \(([^)]+)\)/.exec(message) ?? [];
  return done ? `（${done}）` : '';
}

/** Of these fields the door says several things, of which ours is only one. */
const SEVERAL = new Set([
  'unit',
  'name',
  'title',
  'kind',
  'activity',
  'form',
  'indicator',
  'group',
  'year',
  'since',
  'note',
  'evidence',
]);

/** A fault of the door as a clerk reads it. */
export function fitSentence(language: ImportLanguage, { field, message }: Fault): string {
  if (language === 'en') return message;
  const known = ZH[field] ?? ZH[field.split('.').slice(0, 2).join('.')];
  const shape = shapeInChinese(message);
  if (shape && (!known || SEVERAL.has(field.split('.')[1] ?? ''))) return shape;
  return known ? known(message) : `不符合规则：${message}`;
}
