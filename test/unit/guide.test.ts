import { existsSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { enWords } from '#schemas/presentation/vocabulary/en.ts';
import { zhWords } from '#schemas/presentation/vocabulary/zh.ts';
import { bookPages, guideBook, PICTURED, pictureOf } from '#test/support/guideBook.ts';
import { guidePageOf } from '../../dashboard/guide/guide.ts';
import { en } from '../../dashboard/locales/en.ts';
import { guideEn } from '../../dashboard/locales/guide.en.ts';
import { guideZh } from '../../dashboard/locales/guide.zh-CN.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { routes } from '../../dashboard/routes.ts';

const textsOf = (tree: object): string[] =>
  Object.values(tree).flatMap((value: unknown) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? textsOf(value) : [];
  });

const LANGUAGES = [
  ['zh-CN', guideZh, /[。？！](?:”)?/g],
  ['en', guideEn, /[.?!](?:”)?(?= |$)/g],
] as const;

const pages = routes.filter(({ meta }) => meta?.title).map(({ name }) => guidePageOf(name));

describe('the guide', () => {
  it('has every page that has a title, in both languages, and no other', () => {
    expect(pages.length).toBeGreaterThan(30);
    const titled = [...new Set(pages)].sort();
    for (const [locale, guide] of LANGUAGES)
      expect(Object.keys(guide).sort(), `dashboard/locales/guide.${locale}.ts`).toEqual(titled);
  });

  it('knows the desk of a unit that the department acts for as the same page', () => {
    expect(guidePageOf('unit-desk-report')).toBe('desk-report');
    expect(guidePageOf('unit')).toBe('unit');
    expect(guidePageOf('units')).toBe('units');
  });

  test.each(LANGUAGES)('is some five whole sentences a page, in %s', (_, guide, end) => {
    const told = Object.entries(guide).map(([page, { answers, made, can }]) => {
      const text = [answers, made, can].join(' ');
      expect(text, page).toMatch(/[。.]$/);
      return [page, text.match(end)?.length ?? 0] as const;
    });
    expect(told.filter(([, sentences]) => sentences < 3 || sentences > 9)).toEqual([]);
    const mean = told.reduce((sum, [, sentences]) => sum + sentences, 0) / told.length;
    expect(mean).toBeGreaterThan(4.5);
    expect(mean).toBeLessThan(6.5);
  });

  test.each(LANGUAGES)('calls by its name what stands on a page, in %s', (locale, guide) => {
    const named = Object.values(guide).flatMap(({ answers, made, can }) =>
      [...`${answers}${made}${can}`.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
    );
    const said = textsOf(locale === 'en' ? [en, enWords] : [zhCN, zhWords]).join('\n');
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !said.includes(name))).toEqual([]);
  });
});

describe('the guide as a page of the documentation', () => {
  it('has every page of the guide once', () => {
    const told = Object.keys(guideZh).sort();
    expect([...bookPages].sort(), 'PARTS of test/support/guideBook.ts').toEqual(told);
  });

  it('is made of the words of the product (`npx vitest run --project unit test/unit/guide.test.ts -u` writes it)', async () => {
    await expect(guideBook()).toMatchFileSnapshot('../../docs/guide.zh.md');
  });

  it('has its pictures', () => {
    const lost = Object.keys(PICTURED).filter((page) => !existsSync(`docs/images/${pictureOf(page)}.png`));
    expect(lost).toEqual([]);
  });
});
