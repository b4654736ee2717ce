import { expect, test } from 'vitest';
import type { Maker } from '#api/exports/documents.ts';
import { wordsIn } from '#api/exports/report/frame.ts';
import { putTogether } from '#api/exports/report/gathered.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { lettersZip } from '#api/exports/zip.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { orderOf } from '#test/support/documents.ts';

/** How many units a document says it rests on are those of its scope: the zone's, or the group's where it is of one. */

const LANGUAGES = ['zh-CN', 'en'] as const;
const { reportData } = orderOf({});
const { rows, gaps, board, standing, ...told } = reportData;
/** Some units have no rank. */
const all = rows.map((row, at) => (at % 7 === 3 ? { ...row, rank: null, total: null } : row)) as RankingRow[];
const rankedIn = (of: readonly RankingRow[]): number => of.filter(({ rank }) => rank !== null).length;
const answer = (of: readonly RankingRow[]) => ({ value: { rows: [...of], open: [] } });

test.each(LANGUAGES)('a unit’s counts those that it is ranked among, in %s', (language) => {
  const own = all.filter(({ group }) => group === standing?.row.group);
  expect(own.length).toBeLessThan(all.length);
  const { cover } = wordsIn(language);
  const expected = [cover.units, cover.unitsOf(all.length, rankedIn(all))];
  const given = putTogether({ ...told, ranking: answer(all), standing });
  expect(given.rows).toHaveLength(own.length);
  expect(reportOf('unit', given, language, 'whole').cover).toContainEqual(expected);
  // A letter of an archive brings the rows of its group, and how many units there are.
  const letter = putTogether({ ...told, ranking: answer(own), units: given.units, standing });
  expect(reportOf('unit', letter, language, 'whole').cover).toContainEqual(expected);
});

test.each(LANGUAGES)('those of the zone and of a group count their own rows, in %s', (language) => {
  const { cover } = wordsIn(language);
  for (const group of [undefined, standing?.row.group]) {
    const of = all.filter((row) => group === undefined || row.group === group);
    const question = { ...told.question, ...(group !== undefined && { group }) };
    const given = putTogether({
      ...told,
      question,
      ranking: answer(of),
      gaps: gaps && { value: gaps },
      board,
    });
    for (const document of ['ranking', 'gaps', 'meeting'] as const)
      expect(reportOf(document, given, language, 'whole').cover, document).toContainEqual([
        cover.units,
        cover.unitsOf(of.length, rankedIn(of)),
      ]);
  }
});

test('the letters of an archive are given how many units the zone has', async () => {
  const given: unknown[] = [];
  const make: Maker = async ({ reportData: data }) => {
    given.push(data.units);
    return {
      fileName: 'letter.pdf',

      bytes: new Uint8Array([1]),
      lastSheet: null,
      units: [],
    };
  };
  const zone = putTogether({ ...told, ranking: answer(all), standing: undefined });
  const letters = lettersZip(zone, standing ? [standing] : [], {
    make,
    language: 'en',
    format: 'pdf',
    of: 1,
  });
  for await (const part of letters) expect(part).toBeInstanceOf(Uint8Array);
  expect(given).toEqual([{ all: all.length, ranked: rankedIn(all) }]);
});
