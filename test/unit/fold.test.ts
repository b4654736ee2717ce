import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToLines, linesIn } from '#api/exports/measure.ts';
import { evened, foldedLines, halves, longestPiece } from '#api/exports/report/fold.ts';

describe('folding', () => {
  test.each([
    ['Study of economics, finance, law', 12, 3],
    ['党委中心组学习', 14, 1],
    ['党委中心组学习', 12, 2],
    ['集中学习、函授、脱产', 8, 3],
    ['correspondence', 5, 1],
    ['', 10, 1],
  ])('%s takes, in a width of %i, so many lines: %i', (text, width, lines) => {
    expect(foldedLines(text, width)).toBe(lines);
  });

  test('a comma does not begin a line, and a bracket does not end one', () => {
    expect(evened('搭建平台、开展评比', 12)).toBe('搭建平台、\n开展评比');
    expect(evened('教育培训学时（人·时）', 14)).toBe('教育培训学\n时（人·时）');
  });

  test('a blank that holds its neighbours together is no place to break', () => {
    const held = '列第\u00a043\u00a0名，共 48\u00a0个单位';
    expect(evened(held, 12)).toBe('列第\u00a043\u00a0名，\n共 48\u00a0个单位');
    expect(evened(held.replaceAll('\u00a0', ' '), 12)).toBe('列第 43 名，\n共 48 个单位');
    expect(longestPiece('2026\u00a0年\u00a011\u00a0月\u00a022\u00a0日列')).toBe(19);
    expect(linesIn('共有 48\u00a0个', 50, 12)).toEqual(['共有', '48\u00a0个']);
    expect(linesIn('共有 48 个', 50, 12)).toEqual(['共有 48', '个']);
    // Where there is no room for both, the line ends between them rather than within either.
    expect(linesIn('48\u00a0organisations', 80, 12)).toEqual(['48', 'organisations']);
    expect(cutToLines('48\u00a0organisations', 2, 80, 12)).toBe('48\u00a0organisations');
  });

  test('no sign is left alone where a head takes two lines', () => {
    expect(evened('搭建工作平台开展单项工作评比', 26)).toBe('搭建工作平台开\n展单项工作评比');
    expect(evened('Points lost in all', 16)).toBe('Points lost\nin all');
  });

  test('nothing is lost, and no line is wider than asked unless a piece is', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'ab c、党，（）12 “”委\u00a0'), maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = evened(text, width).split('\n');
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(lines).toHaveLength(foldedLines(text, width));
        for (const line of lines)
          expect(halves(line)).toBeLessThanOrEqual(Math.max(width, longestPiece(text)));
      }),
    );
  });
});
