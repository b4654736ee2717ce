import { describe, expect, it } from 'vitest';
import { lang, languageFor } from '#schemas/languages.ts';

/** A language may be named as people name it; unnamed, what the caller accepts decides. */

describe('given a language that is asked for', () => {
  it.each([
    'zh',
    'zh-CN',
    'zh-cn',
    'zh-Hans',
    'ZH',
    'zh-HANS',
    'zh-Hans-CN',
    'zh-SG',
    'zh-TW',
    'zh-Hant-HK',
    'zh-CN-u-co-pinyin',
  ])('then %s is Chinese', (tag) => {
    expect(lang.parse(tag)).toBe('zh-CN');
  });
  it.each(['en', 'en-GB', 'en-us', 'EN', 'en-Latn-GB'])('then %s is English', (tag) => {
    expect(lang.parse(tag)).toBe('en');
  });
  it.each(['fr', 'zhx', 'english', 'en_US', 'zh_CN', '', 'en-', 'zh-', 'zh-CN,en', 'zh-traditional', '*'])(
    'then %j is refused, and what is allowed is named',
    (tag) => {
      const { error } = lang.safeParse(tag);
      for (const allowed of ['zh', 'zh-CN', 'zh-Hans', 'en', 'en-GB'])
        expect(error?.message).toContain(allowed);
    },
  );
});

describe('given no language', () => {
  it.each([
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['fr;q=1, en;q=0.5, zh;q=0.2', 'en'],
    ['en;q=0, zh', 'zh-CN'],
    ['en;q=0.3,zh-TW;q=0.7', 'zh-CN'],
    ['de', 'zh-CN'],
    ['*', 'zh-CN'],
    ['fr, *;q=0.5', 'zh-CN'],
    ['zh;q=0, *', 'en'],
    ['en;q=0.2, *;q=0.8', 'zh-CN'],
    ['zh;q=0, en;q=0, *', 'zh-CN'],
    ['zh-Hans-CN', 'zh-CN'],
    ['zh-Hant-TW;q=0.9, en-US;q=0.8', 'zh-CN'],
    ['zhx, english, en;q=0.1', 'en'],
    ['en;q=much, zh;q=0.1', 'zh-CN'],
    ['', 'zh-CN'],
    [undefined, 'zh-CN'],
  ] as const)('then what is accepted decides: %s', (header, expected) => {
    expect(languageFor(undefined, header)).toBe(expected);
    expect(languageFor('en', header)).toBe('en');
  });
});
