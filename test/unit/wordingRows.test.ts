import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { called, namesFor, rowOf } from '#schemas/presentation/names.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { matches } from '#schemas/presentation/text.ts';
import { someOf } from '../../dashboard/locales/someOf.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

describe('names in a row', () => {
  test('that hold what parts them are set off', () => {
    const { list } = speechOf('zh-CN');
    expect(list(['长远、年度、阶段性学习目标', '专题调研'])).toBe('“长远、年度、阶段性学习目标”、“专题调研”');
    expect(speechOf('en').list(['Law, finance', 'Research'])).toBe('“Law, finance” and “Research”');
    expect(speechOf('en').list(['Rules and procedures', 'Research'])).toBe(
      '“Rules and procedures” and “Research”',
    );
    expect(speechOf('en').list(['Rules and procedures'])).toBe('Rules and procedures');
    // One way within a row, and a figure behind a name is no part of it.
    expect(namesFor('en', ['Law, finance', 'Research']).map((name) => `${name} × 2`)).toEqual([
      '“Law, finance” × 2',
      '“Research” × 2',
    ]);
    expect(namesFor('en', ['Law', 'Research'])).toEqual(['Law', 'Research']);
    expect(rowOf('zh-CN', ['甲', '乙'])).toBe('甲、乙');
    expect(called('zh-CN', '“一把手”、班子')).toBe('“‘一把手’、班子”');
  });

  test('what is set off already stays as it is, and thousands part nothing', () => {
    for (const whole of ['“甲、乙”', '第三管理区（甲、乙）', '《甲、乙》'])
      expect(called('zh-CN', whole)).toBe(whole);
    expect(called('en', '1,204 units')).toBe('1,204 units');
  });
});

describe('names in a row end as each language ends them', () => {
  const NAMES = ['Farm 7', 'Wheat', 'Research', '第三管理区', 'Mill', 'School'];
  const names = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 9 });
  const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });

  test('English with “and”, Chinese with 、 alone, and neither before the number of the others', () => {
    fc.assert(
      fc.property(names, (all) => {
        expect(rowOf('en', all)).toBe(conjunction.format(all));
        expect(rowOf('zh-CN', all)).toBe(all.join('、'));
        expect(rowOf('en', all, { more: true })).toBe(all.join(', '));
        const left = all.length - 3;
        for (const locale of ['zh-CN', 'en'] as const) {
          const said = someOf(wordsOf(locale), all);
          const whole = wordsOf(locale).list(all);
          if (left <= 0) expect(said).toBe(whole);
          else if (locale === 'en') expect(said).toBe(`${all.slice(0, 3).join(', ')} and ${left} more`);
          else expect(said.startsWith(all.slice(0, 3).join('、'))).toBe(true);
        }
      }),
    );
  });

  test('no text for people is put together from names in any other way', () => {
    const files = globSync([
      'schemas/presentation/**/*.ts',
      'dashboard/**/*.{ts,vue}',
      'api/{answers,desk,exports,imports,news}/**/*.ts',
    ]);
    // What a field, a file or a list of what may be written holds is no sentence.
    const NO_SENTENCE = [
      'schemas/presentation/names.ts',
      'dashboard/pages/plan/ItemEditor.vue',
      'dashboard/pages/ranking/MoveMark.vue',
      'dashboard/pages/desk/MembersField.vue',
      'dashboard/pages/access/draft.ts',
      'api/answers/asked.ts',
      'api/answers/pages/effects.ts',
      'api/exports/exports.ts',
      'api/imports/planTemplate.ts',
    ];
    const odd = files
      .filter((file) => !NO_SENTENCE.includes(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .filter(
            (line) =>
              /join\([^)]*['"`](?:, |、)['"`]/.test(line) ||
              /join\(\w*(?:comma|separator|[aA]nd)\b/.test(line),
          )
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(odd).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });
});

describe('what is searched for is found however it is written', () => {
  test.each([
    ['第３管理区', '3管理区'],
    ['第3管理区', '３管理区'],
    ['ＡＢＣ Company', 'abc c'],
    ['ﾃｽﾄ', 'テスト'],
    ['第\u200B三管理区', '第三'],
  ])('%s by %s', (name, search) => {
    expect(matches([name], search)).toBe(true);
  });

  test('and what is not there is not found', () => {
    expect(matches(['第３管理区'], '4管理区')).toBe(false);
  });
});

describe('heads of tables', () => {
  test('begin with a capital in English, and are words for heads: none is borrowed from the names of periods', () => {
    const heads = Object.values(speechOf('en').vocabulary.column);
    expect(heads.filter((head) => /^[a-z]/.test(head))).toEqual([]);
    const borrowed = globSync('schemas/presentation/tables/*.ts').filter((file) =>
      /(?:text|count|points|share)\(\s*'\w+',\s*(?:speech\.)?vocabulary\.window/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(borrowed).toEqual([]);
  });
});
