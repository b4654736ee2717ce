import { describe, expect, test } from 'vitest';
import { wordFaults } from '../e2e/pageWords.ts';

/** What reads the words of every page finds what should not be there, and lets data be. */
describe('the words of a page', () => {
  const heard = {
    data: new Set(['第三管理区', '北美 Office 用户访谈', 'IPM 综合防治']),
    named: { 'zh-CN': new Set(['学习型']), en: new Set(['Learning', 'Off-job training']) },
    ids: new Set(['farm-03', 'learning.center-group', 'off-job', 'research']),
  };
  test.each([
    ['zh-CN', '总分 NaN 分', 'a value'],
    ['zh-CN', '共 {n} 项', 'a value'],
    ['zh-CN', '已上报。。', 'punctuation'],
    ['zh-CN', '还没有表彰。 由组织部决定。', 'a blank'],
    ['zh-CN', '第三管理区, 第三管理区', 'punctuation'],
    ['en', 'Due on 31 Oct , and later', 'punctuation'],
    ['en', 'Two  spaces', 'punctuation'],
    ['zh-CN', 'unit.rankNow', 'a key'],
    ['zh-CN', '单位 farm-03', 'an id'],
    ['zh-CN', '种类 research', 'an id'],
    ['en', 'Kind learning.center-group', 'an id'],
    ['zh-CN', '第三管理区 leads', 'the other'],
    ['en', 'Compared with 学习型', 'the other'],
    ['en', '佐证: 3', 'the other'],
  ] as const)('in %s, “%s” has %s', (locale, line, what) => {
    expect(wordFaults([line], locale, heard).join()).toContain(what);
  });

  test.each([
    ['zh-CN', '第三管理区（学习型）居首，领先 1.44 分。'],
    ['zh-CN', '北美 Office 用户访谈'],
    ['zh-CN', '存为 CSV，或下载 Word'],
    ['en', '第三管理区 leads with 99.56 points, 1.44 ahead of IPM 综合防治.'],
    ['en', 'off-job, then research: 三(一)3 · 五'],
  ] as const)('in %s, nothing is wrong with “%s”', (locale, line) => {
    expect(wordFaults([line], locale, heard)).toEqual([]);
  });
});
