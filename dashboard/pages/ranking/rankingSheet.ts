import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';
import type { Sheet } from '../../components/sheet.ts';
import { eligibleCell } from '../../locales/eligibleWords.ts';
import type { Words } from '../../locales/words.ts';

/** The table as it is copied or saved: what the screen shows, with all decimals. */
export function rankingSheet(words: Words, rows: readonly Row[], plan: Pick<Plan, 'criteria'>): Sheet {
  const { say } = words;
  return {
    head: [
      say('ranking.rank'),
      say('ranking.band'),
      say('ranking.previousRank'),
      say('ranking.unit'),
      say('ranking.group'),
      ...plan.criteria.map(({ name }) => words.name(name)),
      say('ranking.total'),
      say('ranking.totalWithoutVeto'),
      say('ranking.groupRank'),
      say('ranking.eligibleShort'),
      say('ranking.veto'),
    ],
    body: rows.map((row) =>
      isFull(row)
        ? [
            row.rank,
            row.band && words.band(row.band),
            row.previousRank ?? null,
            row.name,
            words.term(row.group),
            ...plan.criteria.map(({ id }) => entryOf(row.criteria, id) ?? null),
            row.total,
            row.totalWithoutVeto,
            row.groupRank,
            eligibleCell(words, row),
            words.list(row.vetoes),
          ]
        : [
            row.rank,
            null,
            null,
            say('ranking.hiddenUnit'),
            null,
            ...plan.criteria.map(() => null),
            row.total,
          ],
    ),
  };
}
