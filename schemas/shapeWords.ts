import type { z } from 'zod';
import { shortened } from './text.ts';

/**
 * The one place that words what Zod finds wrong with a value: given to every check of what comes from outside, as its
 * error map. A schema's own sentence goes before these. `shapeInChinese` says the same to a clerk.
 */

const MOST_CHOICES = 40;

const TYPES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  string: ['a text', '文字'],
  number: ['a number', '数字'],
  int: ['a whole number', '整数'],
  boolean: ['true or false', '“是”或“否”'],
  array: ['a list', '列表'],
  tuple: ['a list', '列表'],
  object: ['an object', '对象'],
  record: ['an object', '对象'],
  null: ['null', '空值'],
};

const FORMATS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  email: ['an e-mail address', '电子邮件地址'],
  url: ['an address such as https://example.org', '网址'],
  date: ['a day such as 2026-03-31', '日期'],
  datetime: ['a time such as 2026-03-31T09:30:00Z', '时间'],
  uuid: ['a UUID', 'UUID'],
  json_string: ['JSON', 'JSON'],
};

const UNTOLD = 'is not of the form that is taken here';

/** `12 characters`, `1 item`: what is counted depends on what is measured. */
function amount(origin: string, count: number | bigint): string {
  const what = origin === 'string' ? 'character' : origin === 'file' ? 'byte' : 'item';
  return `${count} ${what}${Number(count) === 1 ? '' : 's'}`;
}
const NUMBERS = new Set(['number', 'int', 'bigint', 'date']);

type Raw = z.core.$ZodRawIssue;

function bound(issue: Extract<Raw, { code: 'too_small' | 'too_big' }>): string {
  const { origin, inclusive = true } = issue;
  const isLow = issue.code === 'too_small';
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  if (NUMBERS.has(origin))
    return inclusive
      ? `must be at ${isLow ? 'least' : 'most'} ${limit}`
      : `must be ${isLow ? 'greater' : 'less'} than ${limit}`;
  if (isLow && Number(limit) <= 1) return 'must not be empty';
  return `must have at ${isLow ? 'least' : 'most'} ${amount(origin, limit)}`;
}

function choice(values: readonly unknown[]): string {
  const told = values.slice(0, MOST_CHOICES).map(String);
  const more = values.length - told.length;
  if (told.length === 1) return `must be ${told[0]}`;
  return `must be one of ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

type Found = { path: readonly PropertyKey[]; message: string };
const told = ({ path, message }: Found): string =>
  path.length > 0 ? `${shortened(path.map(String).join('.'))} ${message}` : message;

/** What each of several shapes lacks; the one that lacks nothing of its own is the one that was meant. */
function union(branches: readonly (readonly Found[])[]): string {
  const each = [...new Set(branches.map((found) => found.map(told).join(' and ')).filter(Boolean))];
  if (each.length === 0) return UNTOLD;
  return each.length === 1 ? `${each[0]}` : `fits none of what is taken here: ${each.join('; or ')}`;
}

/** What is wrong with a value, without a name before it and without a full stop. */
export function shapeSentence(issue: Raw): string {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return 'must be given';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'never') return 'must not be given';
      return TYPES[issue.expected] ? `must be ${TYPES[issue.expected]?.[0]}` : UNTOLD;
    case 'invalid_value':
      return choice(issue.values);
    case 'too_small':
    case 'too_big':
      return bound(issue as Extract<Raw, { code: 'too_small' | 'too_big' }>);
    case 'invalid_format':
      return FORMATS[issue.format] ? `must be ${FORMATS[issue.format]?.[0]}` : UNTOLD;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has fields that are not taken here: ${issue.keys.map((key) => shortened(key)).join(', ')}`;
    case 'invalid_union':
      return union((issue.errors ?? []) as Found[][]);
    case 'invalid_key':
      return `is no name that is taken here: it ${((issue.issues ?? []) as Found[]).map(told).join(' and ')}`;
    case 'invalid_element':
      return `holds something that is not taken here: it ${((issue.issues ?? []) as Found[]).map(told).join(' and ')}`;
    default:
      return UNTOLD;
  }
}

const byEnglish = (words: typeof TYPES): ReadonlyMap<string, string> => new Map(Object.values(words));
const KINDS = new Map([...byEnglish(TYPES), ...byEnglish(FORMATS)]);
const COUNTED: Readonly<Record<string, string>> = { character: '个字', item: '项', byte: '字节' };

/** Our sentences of shapes and of ids, each as it is written and as a clerk reads it. */
const CHINESE: readonly [RegExp, (...parts: string[]) => string | undefined][] = [
  [/^must be given$/, () => '没有填写。'],
  [/^must not be given$/, () => '不应填写。'],
  [/^must not be empty$/, () => '不能为空。'],
  [/^must be at least (\S+)$/, (limit) => `不得小于 ${limit}。`],
  [/^must be at most (\S+)$/, (limit) => `不得大于 ${limit}。`],
  [/^must be greater than (\S+)$/, (limit) => `应大于 ${limit}。`],
  [/^must be less than (\S+)$/, (limit) => `应小于 ${limit}。`],
  [/^must stay below 10\^12$/, () => '数字过大，应小于一万亿。'],
  [/^must have at most 6 decimals$/, () => '最多六位小数。'],
  [
    /^must have at least (\d+) (character|item|byte)s?$/,
    (count, what = '') => `至少要有 ${count} ${COUNTED[what]}。`,
  ],
  [
    /^must have at most (\d+) (character|item|byte)s?$/,
    (count, what = '') => `最多 ${count} ${COUNTED[what]}。`,
  ],
  [/^must be a multiple of (\S+)$/, (divisor) => `应为 ${divisor} 的倍数。`],
  [/^must be one of (.+)$/, (list = '') => `只能填其中之一：${list.replaceAll(', ', '、')}。`],
  [/^must lie within (\S+) and (\S+)$/, (low, high) => `应在 ${low} 至 ${high} 之间。`],
  [/^must lie inside (\d+)$/, (year) => `应在 ${year} 年之内。`],
  [/^must be a calendar day /, () => '不是日期；请写成 2026-04-17。'],
  [/^must be a month and day /, () => '不是月和日；请写成 12-31。'],
  [/^must be an opaque id /, () => '应为代号（如 m-07），不填姓名。'],
  [/^must not hold control characters$/, () => '不能含有换行、制表符等控制字符。'],
  [/^must not begin or end with a space/, () => '首尾不能有空格，中间不能有换行、制表符等控制字符。'],
  [/^must not be "\." or "\.\."/, () => '不能是“.”或“..”，也不能含有半个字符。'],
  [/^must not hold a comma, a colon or a space$/, () => '不能含有逗号、冒号或空格。'],
  [/^must not hold (U\+[0-9A-F]+), which shows nothing$/, (code) => `含有看不见的字符（${code}），请删去。`],
  [
    /^must be 1 to 64 letters, digits/,
    () => '只能用字母、汉字、数字和 . _ ~ -，最长 64 字，至少有一个字母、汉字或数字。',
  ],
  [/^must not be "zone"/, () => '不能用“zone”，它指全区。'],
  [/^holds nothing that can be seen$/, () => '没有可读的文字。'],
  [/well-formed Unicode$/, () => '含有读不出的字符。'],
  [/^has fields that .+: (.+)$/, (list = '') => `有这里不用的字段：${list.replaceAll(', ', '、')}。`],
  [/^has (\d+) bytes as JSON/, () => '内容过长，超过一条记录的上限（1,000,000 字节）。'],
  [
    /^must be (.+)$/,
    (what = '') =>
      KINDS.has(what) ? `应为${KINDS.get(what)}。` : /^\S+$/.test(what) ? `应为 ${what}。` : undefined,
  ],
  [/^(?:is not of the form|fits none of what|is no name that|holds something)/, () => '不是可以接受的写法。'],
];

/** One of our sentences as a clerk reads it; undefined where it is none of these. */
export function shapeInChinese(sentence: string): string | undefined {
  for (const [pattern, say] of CHINESE) {
    const [, ...parts] = pattern.exec(sentence) ?? [undefined];
    const found = pattern.test(sentence) ? say(...(parts as string[])) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
