import { cutAt } from '#schemas/cut.ts';
import type { Day } from '#schemas/dates.ts';
import { shortShare } from '#schemas/presentation/answers/gaps.ts';
import { owesToday } from '#schemas/presentation/answers/overview.ts';
import { isFull } from '#schemas/presentation/answers/rows.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import type { Movements } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Ranking } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';
import { levelNotes, sidesOf } from '../overview/movers.ts';

/** A line of the big screen: what leads it, its name, what is said of it or the clause it comes from, and its figure. */
export type Line = {
  key: string;
  lead: string;
  name: string;
  says: string;
  clause?: string;
  figure: string;
  alarm: boolean;
};
/** One picture of the big screen: a question, the lines that answer it, and what is said below them. */
export type Scene = { key: string; question: string; lines: Line[]; note: string };

export type WallAnswers = {
  ranking: Pick<Ranking, 'rows'> | undefined;
  overview: Pick<Overview, 'misses' | 'dueSoon' | 'dueNext' | 'on'> | undefined;
  movements: Pick<Movements, 'rose' | 'fell'> | undefined;
};

/** Lines that a hall reads on one picture, and how many pictures of the ranking are turned through at most. */
const LINES = 16;
const SIDE = 6;
const PICTURES = 6;

function rankingScenes({ rows }: Pick<Ranking, 'rows'>, words: Words): Scene[] {
  const ranked = rows.filter(isFull).filter(({ rank }) => rank !== null);
  const shown = ranked.slice(0, LINES * PICTURES);
  return Array.from({ length: Math.ceil(shown.length / LINES) }, (_, picture) => {
    const from = picture * LINES;
    const part = shown.slice(from, from + LINES);
    return {
      key: `ranking ${picture}`,
      question: words.say('ranking.question'),
      lines: part.map(({ unit, name, group, rank, total, vetoes }) => ({
        key: unit,
        lead: words.count(rank),
        name,
        says: vetoes.length ? words.say('wall.vetoed') : words.term(group),
        figure: words.score(total),
        alarm: vetoes.length > 0,
      })),
      note: words.say('wall.places', {
        places: [...new Set([from + 1, from + part.length])].map((place) => words.plain(place)).join('–'),
        of: words.plain(ranked.length),
      }),
    };
  });
}

function moverScene(movements: Pick<Movements, 'rose' | 'fell'>, since: string, words: Words): Scene[] {
  const sides = sidesOf(movements, SIDE);
  const lines = sides.flatMap(({ shown }) =>
    shown.map(({ unit, name, group, places, before, after }) => ({
      key: unit,
      lead: words.moves(places),
      name,
      says: words.term(group),
      figure: `${words.count(before.rank)} → ${words.count(after.rank)}`,
      alarm: false,
    })),
  );
  const note = words.sentences(levelNotes(words, sides));
  return lines.length ? [{ key: 'movers', question: words.say('wall.movers', { since }), lines, note }] : [];
}

type Missing = Pick<Overview, 'misses' | 'dueSoon' | 'on'>;

function missScene(overview: Missing, words: Words): Scene[] {
  const { misses, dueSoon, on } = overview;
  // Conditions are not among the misses.
  const isOpen = owesToday({ dueSoon: dueSoon.filter(({ of }) => of === 'requirement'), on });
  const { shown, level } = cutAt(misses, LINES / 2, shortShare);
  const lines = shown.map(({ id, name, clause, short, counted, lost }) => ({
    key: id,
    lead: `${words.plain(short)} / ${words.plain(counted)}`,
    name: words.name(name),
    says: '',
    clause,
    figure: words.loss(lost),
    alarm: true,
  }));
  const note = [
    words.say('wall.missMeans'),
    ...(level > 0 ? [words.say('wall.level', {}, level)] : []),
    ...(isOpen ? [words.say('gaps.stillOpen')] : []),
  ];
  return lines.length
    ? [
        {
          key: 'misses',
          question: words.say('gaps.question'),
          lines,
          note: note.join(words.locale === 'en' ? ' ' : ''),
        },
      ]
    : [];
}

const obligationName = ({ name, id, window }: Obligation, words: Words): string =>
  [name ? words.name(name) : id, words.window(window)].filter(Boolean).join(' · ');

function dueScene({ dueSoon, dueNext }: Pick<Overview, 'dueSoon' | 'dueNext'>, words: Words): Scene[] {
  const shown = dueSoon.slice(0, LINES / 2);
  const lines = shown.map((item) => ({
    key: `${item.of} ${item.id} ${item.window}`,
    lead: words.day(item.due),
    name: obligationName(item, words),
    says: '',
    clause: item.clause,
    figure: words.say('wall.owing', { owing: words.plain(item.owing), asked: words.plain(item.asked) }),
    alarm: false,
  }));
  const more = dueSoon.length - shown.length;
  const next = (due: Day, n: number): string => words.say('wall.dueNext', { day: words.day(due) }, n);
  const note = [
    ...(more > 0 ? [words.say('wall.more', {}, more)] : []),
    ...(dueNext ? [next(dueNext.due, dueNext.obligations)] : []),
  ].join(words.locale === 'en' ? ' ' : '');
  if (lines.length === 0 && !note) return [];
  return [{ key: 'due', question: words.say('overview.dueSoon'), lines, note }];
}

/** What the big screen turns through, made of the answers that are there. `since` = what movement is compared with. */
export function scenesOf(
  { ranking, overview, movements }: WallAnswers,
  since: string,
  words: Words,
): Scene[] {
  return [
    ...(ranking ? rankingScenes(ranking, words) : []),
    ...(movements ? moverScene(movements, since, words) : []),
    ...(overview ? missScene(overview, words) : []),
    ...(overview ? dueScene(overview, words) : []),
  ];
}
