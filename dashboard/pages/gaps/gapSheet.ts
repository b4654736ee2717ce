import { type Sheet, shared } from '../../components/sheet.ts';
import type { Words } from '../../locales/words.ts';
import type { GapView } from './matrix.ts';

/** Every unit and requirement of the view, in its order; attainments from 0 to 1. */
export function gapSheet(words: Words, { requirements, units }: GapView): Sheet {
  return {
    head: [
      words.say('gaps.unit'),
      words.say('ranking.group'),
      words.say('ranking.rank'),
      ...requirements.map(({ name }) => shared(words.name(name))),
    ],
    body: [
      [words.say('gaps.average'), null, null, ...requirements.map(({ mean }) => mean)],
      ...units.map(({ name, group, rank, attainments }) => [
        name,
        words.term(group),
        rank,
        ...requirements.map(({ index }) => attainments[index] ?? null),
      ]),
    ],
  };
}
