import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exactSum, partsDiffer, roundedTo } from '#schemas/presentation/numbers.ts';
import { attainmentStep, lossStep, lossSteps } from '#schemas/presentation/palette.ts';
import { seeded } from '#test/reference/random.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { mayPass } from '../../dashboard/components/problemSentence.ts';
import { ApiProblem } from '../../dashboard/composables/client.ts';
import { KEYS, keyName, PAGE_KEYS } from '../../dashboard/guide/guide.ts';
import { accountName } from '../../dashboard/locales/accountName.ts';
import { en } from '../../dashboard/locales/en.ts';
import { guideEn } from '../../dashboard/locales/guide.en.ts';
import { guideZh } from '../../dashboard/locales/guide.zh-CN.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { activitiesAnswer } from '../../dashboard/pages/activities/answer.ts';

/** Every message with its key; each of its plural forms by itself. */
function messagesOf(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string'
      ? value.split(' | ').map((form) => [path + key, form])
      : messagesOf(value, `${path}${key}.`),
  );
}
const english = messagesOf(en);
/** Parts of a message that each end in a full stop. */
const sentences = english.flatMap(([key, text]) =>
  /[.?]$/.test(text) ? text.split(/(?<=[.?]) (?=[A-Z{“])/).map((part) => [key, part] as const) : [],
);

describe('English sentences are whole sentences', () => {
  test('each begins with a capital, a figure, or what is put in', () => {
    const halves = sentences.filter(([, text]) => !/^[A-Z0-9{“✓⟦]/.test(text));
    expect(halves).toEqual([]);
  });

  test('a caption goes on behind a colon in small letters: what follows it is no new sentence', () => {
    // “Ctrl K” is the name of keys.
    expect(english.filter(([, text]) => /: (?!Ctrl K)[A-Z][a-z]* [a-z]/.test(text))).toEqual([]);
    // A label and what it is are joined by a colon (`labelled`): a message that is a whole sentence is none.
    const sources = globSync('dashboard/**/*.{ts,vue}').map((path) => readFileSync(path, 'utf8'));
    const byKey = new Map(english);
    const labelled = sources.flatMap((source) =>
      [
        ...source.matchAll(
          /(words\.locale === 'en'[^\n]*?)?labelled\([^\n]*, (?:words\.)?(?:value\.)?say\('([\w.]+)'/g,
        ),
      ].flatMap(([, chineseOnly, key = '']) => (chineseOnly ? [] : [key])),
    );
    expect(labelled.length).toBeGreaterThan(1);
    const isSentence = (text: string): boolean => /^[A-Z][^|]*[.?]$/.test(text);
    expect(labelled.filter((key) => isSentence(byKey.get(key) ?? ''))).toEqual([]);
  });

  test('none has two colons', () => {
    expect(sentences.filter(([, text]) => (text.match(/: /g) ?? []).length > 1)).toEqual([]);
  });

  test('none has a hyphen between messages or a word that says nothing', () => {
    expect(english.filter(([, text]) => /\bnowhere\b|\bLate with\b/.test(text))).toEqual([]);
  });
});

/** Keys that Chinese readers call otherwise; Esc, Ctrl and F are printed so on every keyboard. */
const CALLED_OTHERWISE =
  /(?<![A-Za-z])(?:Enter|Return|Space|Tab|Backspace|Delete|Home|End|Page ?(?:Up|Down))(?![A-Za-z])/;

describe('keys are called what people call them', () => {
  test('in Chinese: 回车, 空格', () => {
    const said = [...messagesOf(zhCN), ...messagesOf(guideZh)];
    expect(said.filter(([, text]) => CALLED_OTHERWISE.test(text))).toEqual([]);
    expect(said.filter(([, text]) => text.includes('回车')).length).toBeGreaterThan(3);
    const words = wordsOf('zh-CN');
    const shown = [...KEYS, ...Object.values(PAGE_KEYS).flat()].map(([key]) => keyName(words, key));
    expect(shown.filter((name) => CALLED_OTHERWISE.test(name))).toEqual([]);
    expect(shown).toContain('空格');
  });

  test('in English: as they are printed, with a capital', () => {
    const said = [...english, ...messagesOf(guideEn)].filter(([, text]) => /arrow keys|Esc\b/.test(text));
    expect(said.filter(([, text]) => /\b(?:enter|space|esc|ctrl)\b/.test(text))).toEqual([]);
  });
});

describe('words are those of the reader', () => {
  test('in Chinese: no jargon of the machine, and nobody teaches 乙', () => {
    const odd = messagesOf(zhCN).filter(([, text]) =>
      /事件流|甲向乙学|(?<!互)学的单位|教的单位|欠.项|等另|平均−|#\d|administrator/.test(text),
    );
    expect(odd).toEqual([]);
  });

  test('in Chinese: one word for one thing, on pages and in tables', () => {
    const tables = messagesOf(wordsOf('zh-CN').vocabulary as object).filter(
      ([, text]) => typeof text === 'string',
    );
    const odd = [...messagesOf(zhCN), ...tables].filter(([, text]) =>
      // 帮带单位; 各单位合计失分; and a way up leads to a place, which need not be the next one.
      /可学单位|各单位(?:在每项上都)?共失|前一名：/.test(text),
    );
    expect(odd).toEqual([]);
  });

  test('in Chinese: no space behind a day, which ends in a word, and figures in groups of three', () => {
    const day = wordsOf('zh-CN').fullDay('2026-07-01');
    const odd = messagesOf(zhCN).filter(
      ([, text]) =>
        /日 \p{Script=Han}/u.test(text.replaceAll('{day}', day)) || /(?<![\d,.])\d{4,}/.test(text),
    );
    expect(odd).toEqual([]);
  });

  test('no message has an unexplained number sign, and the server’s own account has a name in both languages', () => {
    expect([...english, ...messagesOf(zhCN)].filter(([, text]) => /#/.test(text))).toEqual([]);
    expect(accountName(wordsOf('zh-CN'), 'administrator')).toBe('管理员');
    expect(accountName(wordsOf('en'), 'administrator')).toBe('Administrator');
    expect(accountName(wordsOf('zh-CN'), '王五')).toBe('王五');
  });
});

describe('what a shade means does not hang on how light it is', () => {
  // On dark paper the scale runs the other way: only a legend that shows the shades themselves holds on both.
  const LIGHTNESS =
    /\b(pal|dark|light)(e|er|est)?\b(?! (mode|theme))|\b(paler|palest)\b|[深浅淡](?=者|的|表示|代表|则)|[越较最][深浅淡]|颜色[深浅淡]|[深浅淡]色/i;
  const themes = new Set(['app.schemeLight', 'app.schemeDark']);

  test.each([
    ['en', english],
    ['zh-CN', messagesOf(zhCN)],
  ] as const)('no message of the dashboard speaks of it, in %s', (_, messages) => {
    const spoken = messages.filter(([key, text]) => LIGHTNESS.test(text) && !themes.has(key));
    expect(spoken).toEqual([]);
  });

  test('nor do documents, whose words are the same on any paper', () => {
    const files = globSync([
      'api/exports/report/words/*.ts',
      'schemas/presentation/{vocabulary,tables}/*.ts',
    ]);
    expect(files.length).toBeGreaterThan(5);
    const texts = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'[^'\n]*'|`[^`]*`/g)].map(([text]) => [file, text] as const),
    );
    expect(texts.filter(([, text]) => LIGHTNESS.test(text))).toEqual([]);
  });

  test('the pattern finds what used to be said', () => {
    for (const text of [
      'Paler cells are worse',
      'the darkest is 100 %',
      '颜色越浅越差',
      '浅色表示未达标',
      '色深者为好',
    ])
      expect(LIGHTNESS.test(text), text).toBe(true);
  });

  test.each(['light', 'dark'])(
    'legend and dots of attainment take one shade for one step, on %s paper',
    (paper) => {
      const { attainment } = themeOf((name) => `${paper} ${name}`);
      const legend = readFileSync('dashboard/pages/requirement/AttainmentLegend.vue', 'utf8');
      const steps =
        /STEPS = \[([^\]]*)\]/
          .exec(legend)?.[1]
          ?.match(/\d+(?=%)/g)
          ?.map(Number) ?? [];
      expect(legend).toMatch(/var\(--attain-\$\{index\}\)/);
      expect(steps).toHaveLength(attainment.length);
      for (const [index, upper] of steps.entries()) {
        expect(attainment[attainmentStep(upper / 100)]).toBe(`${paper} attain-${index}`);
        if (upper < 100) expect(attainmentStep((upper + 1) / 100)).toBe(index + 1);
      }
    },
  );

  test.each(['light', 'dark'])('and so do legend and cells of lost points, on %s paper', (paper) => {
    const { loss } = themeOf((name) => `${paper} ${name}`);
    const legend = readFileSync('dashboard/pages/gaps/LossLegend.vue', 'utf8');
    expect(legend).toMatch(/v-for="\(edge, index\) of steps"[\s\S]*var\(--attain-\$\{index \+ 1\}\)/);
    const steps = lossSteps(10);
    expect(loss).toHaveLength(steps.length);
    for (const [index, edge] of steps.entries())
      expect(loss[lossStep(edge, steps) - 1]).toBe(`${paper} attain-${index + 1}`);
  });
});

describe('one thing has one word, on screen, in documents and in the guides', () => {
  const ZH = [
    'dashboard/locales/*.zh-CN.ts',
    'dashboard/locales/zh-CN.ts',
    'api/exports/report/words/zh*.ts',
    'api/attachments/refused.ts',
    'schemas/presentation/vocabulary/zh.ts',
    'schemas/presentation/news/zh.ts',
    'schemas/imports/plan/*.ts',
    'api/imports/*.ts',
    'docs/*.zh.md',
  ];
  const EN = [
    'dashboard/locales/*.en.ts',
    'dashboard/locales/en.ts',
    'api/exports/report/words/en*.ts',
    'schemas/presentation/vocabulary/en.ts',
    'schemas/presentation/news/en.ts',
    'docs/{department,reviewer,reporter}.md',
  ];
  /** The other words for it, and which is ours. */
  test.each([
    ['核实, not 审核', ZH, /审核/],
    ['驳回, not 退回', ZH, /退回/],
    ['隔离记录, not records that wait', ZH, /待处理记录|记录待处理|条待处理|待处理的事项/],
    ['plans are 采用, appeals 采纳', ZH, /采纳(?:为第|后的排名|.{0,8}(?:方案|草案))|方案.{0,8}采纳|没有采纳/],
    [
      'records are in quarantine, not to be settled',
      EN,
      /[Rr]ecords? (?:is |are )?(?:to settle|waiting)|to be settled/,
    ],
    ['a requirement counts for a unit, it does not apply to it', EN, /to which it applies/],
    [
      '落后 is told in points alone: who is not on course is 未按期履责, who has the most to learn is 差距较大的',
      ZH,
      /落后(?!”是与前一名相差多少分|',$|前一名多少分|(?:类内)?第 \{place\} 名 \{points\} 分| \{(?:lead|points)\})/,
    ],
    [
      'behind is told in points alone: the others are not on course, or well below',
      ['dashboard/locales/*.en.ts', 'api/exports/report/words/en*.ts'],
      /\b(?:is|are) behind\b|'[Bb]ehind'|behind by (?:one|three)|[Ff]urthest behind|\{n\} behind|those behind/,
    ],
  ])('%s', (_, files, other) => {
    const found = globSync(files).flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => other.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});

test('asking again is offered where it may help, and nowhere else', () => {
  const of = (status: number) => mayPass(new ApiProblem(status, '', ''));
  for (const status of [0, 408, 429, 500, 502, 503, 504]) expect(of(status), String(status)).toBe(true);
  for (const status of [400, 401, 403, 404, 405, 409, 410, 422])
    expect(of(status), String(status)).toBe(false);
});

test('parts that are rounded one by one are said not to add up exactly where they do not', () => {
  const random = seeded(7);
  let apart = 0;
  for (let round = 0; round < 500; round++) {
    const parts = Array.from({ length: 1 + (round % 9) }, () => random.whole(-90_000, 90_000) / 10_000);
    const shown = roundedTo(exactSum(parts.map((part) => roundedTo(part, 2))), 2);
    const differs = shown !== roundedTo(exactSum(parts), 2);
    if (differs) apart++;
    expect(partsDiffer(parts, exactSum(parts))).toBe(differs);
  }
  expect(apart).toBeGreaterThan(50);
  expect(partsDiffer([0.1, 0.2], 0.3)).toBe(false);
});

test.each(['zh-CN', 'en'] as const)(
  'in %s, the condition that a self-inspection meets speaks of no activity reported',
  (locale) => {
    const words = wordsOf(locale);
    const subject = {
      list: 'conditions',
      id: 'self-inspection',
      kind: 'self-inspection',
      clause: '',
    } as const;
    const said = (status: 'met' | 'open' | 'missed', metOn: string | null) =>
      activitiesAnswer(words, 'X', subject, [], { condition: { status, metOn, by: '2026-12-31' } }).join('');
    const all = [said('met', '2026-11-30'), said('open', null), said('missed', null)];
    expect(new Set(all).size).toBe(3);
    for (const text of all) expect(text).not.toMatch(/还没有为|No activity has been reported/);
    expect(all[0]).toContain(words.day('2026-11-30'));
  },
);
