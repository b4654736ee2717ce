import { describe, expect, it } from 'vitest';
import { newsText } from '#schemas/presentation/news/newsText.ts';
import { stopped } from '#schemas/presentation/stopped.ts';
import { BODIES } from '#test/support/newsBodies.ts';
import { messageOf } from '../../api/news/message.ts';

describe('a sentence that ends with what somebody wrote', () => {
  it.each([
    ['en', 'The proof bears it out', 'The proof bears it out.'],
    ['en', 'The proof bears it out.', 'The proof bears it out.'],
    ['en', 'He said “yes.”', 'He said “yes.”'],
    ['zh-CN', '材料属实', '材料属实。'],
    ['zh-CN', '材料属实。', '材料属实。'],
    ['zh-CN', '（材料属实！）', '（材料属实！）'],
  ] as const)('has one end: %s %s', (language, text, whole) => {
    expect(stopped(language, text)).toBe(whole);
  });

  it.each(['en', 'zh-CN'] as const)('in letters and chats, too: %s', (language) => {
    const bodies = BODIES.map((body) => ('reason' in body ? { ...body, reason: '材料属实。' } : body));
    expect(
      bodies.some((body) => newsText(language, body, { seesAll: true }).more.join('').includes('材料属实。')),
    ).toBe(true);
    const parts = {
      language,
      base: 'https://zone.example',
      weekly: false,
      bodies,
      more: 0,
      seesAll: true,
      stop: 's',
    };
    const { text, html, chat } = messageOf(parts);
    for (const one of [text, html, chat]) expect(one).not.toMatch(/[.。][.。]/u);
  });
});
