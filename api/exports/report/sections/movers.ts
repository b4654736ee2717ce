import { placesGained } from '#schemas/presentation/answers/ranking.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
import { comparedWith } from '../filters.ts';
import { type Frame, someNames } from '../frame.ts';
import type { Section } from '../model.ts';
import { moversTable } from '../tables/rankingTables.ts';

/** Who has moved up, for slides: letters say it in a sentence of the overall results. */

const NAMED = 5;

export function moversSection(frame: Frame): Section {
  const { words, rows } = frame;
  const head = { id: 'movers', ...words.section.movers, charts: [] };
  const since = comparedWith(frame);
  const none = frame.question.nothingThen ? words.say.moversNothingThen : words.say.moversNotCompared;
  if (since === null) return { ...head, findings: [none.trim()], tables: [] };
  const table = moversTable(frame);
  const { most, found } = greatest(rows, (row) => placesGained(row) ?? 0);
  const told = found.length
    ? words.say.moversMost(since, table.rows.length, someNames(frame, found, NAMED), most)
    : words.say.moversNone(since);
  return { ...head, findings: [told.trim()], tables: found.length ? [table] : [] };
}
