import { cutAt } from '#schemas/cut.ts';
import { type Deck, SLIDES, type SlideId } from '#schemas/deck.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { commonestFirst, missFacts, shortShare, someOpen } from '#schemas/presentation/answers/gaps.ts';
import { emptySlidesOf, type SlideRows, slidesFrom } from '#schemas/presentation/answers/meetingSlides.ts';
import { nextFacts } from '#schemas/presentation/answers/nextSteps.ts';
import { placesGained } from '#schemas/presentation/answers/ranking.ts';
import {
  countText,
  decimalsApart,
  exactMean,
  movesText,
  totalDecimals,
} from '#schemas/presentation/numbers.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { Award, Candidate } from '#schemas/results/commendations.ts';
import type { GapMatrix, RankingRow } from '#schemas/results/results.ts';
import type { Teaching } from '#schemas/results/teaching.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { groupsSentence } from '../commendation/candidates.ts';
import { versionsApart } from '../ranking/answer.ts';
import { pairsTold, practiceWord } from '../teaching/topics.ts';
import { incidentsSlide } from './incidentsSlide.ts';
import { leadersSlide } from './leadersSlide.ts';
import { LINES, levelNote, line, moreNote, type Slide } from './slide.ts';

/** The meeting on slides: one question each, few lines, large. */

/** The figures that they are made of. */
export type SlideFacts = {
  plan: Plan;
  rows: readonly RankingRow[];
  /** The group that the slides are of; null for the zone. */
  group: string | null;
  /** Over the units that the slides speak of. */
  gaps: {
    requirements: readonly Pick<
      GapMatrix['requirements'][number],
      'name' | 'clause' | 'criterion' | 'mean' | 'short' | 'counted' | 'open'
    >[];
  };
  candidates: readonly Candidate[];
  awards: readonly Award[];
  teaching: Pick<Teaching, 'topics' | 'agenda'>;
  /** The ranks compared with, where another version of the year's plan made them. */
  versionThen?: number | undefined;
};

export type SlideInput = SlideFacts & {
  /** The range as a sentence, and whether the figures are live or sealed. */
  sentence: string;
  /** Which slides, in which order; the usual ones where nobody chose. */
  ids?: readonly SlideId[];
  chosen?: boolean;
  opening?: Pick<Deck, 'zone' | 'occasion' | 'heldOn' | 'organiser'>;
  /** Whether all of the year lies behind the day that is looked from. */
  over?: boolean;
};

const FEW = 5;
/** Misses that come first in what is to be done next. */
const URGENT = 3;
const NEXT = {
  'close-gaps': 'slides.nextGaps',
  'keep-up': 'slides.nextKeepUp',
  kept: 'slides.nextKept',
  'find-causes': 'slides.nextCauses',
  learn: 'slides.nextLearn',
} as const;

function groups(words: Words, { rows }: SlideInput): Slide {
  const decimals = totalDecimals(rows);
  const first = rows.filter(({ groupRank }) => groupRank === 1);
  const lines = first.slice(0, LINES).map((row) =>
    line({
      lead: words.term(row.group),
      name: row.name,
      detail: words.say('unit.rankOf', { rank: countText(row.rank), of: row.of }),
      figure: words.score(row.total, decimals),
      share: (row.total ?? 0) / 100,
    }),
  );
  return { id: 'groups', question: words.say('slides.groups'), answer: '', lines, ...moreNote(words, first) };
}

function profile(words: Words, { plan, rows }: SlideInput): Slide {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  const means = plan.criteria.flatMap(({ id, name }) => {
    const scored = rows.flatMap((row) => {
      const score = entryOf(row.criteria, id);
      return score == null ? [] : [{ name: row.name, score }];
    });
    const ends = endsOf(scored, ({ score }) => score);
    if (!ends) return [];
    const mean = exactMean(scored.map(({ score }) => score)) ?? 0;
    return [{ id, criterion: words.name(name), mean, ends }];
  });
  const ends = endsOf(means, ({ mean }) => mean);
  const decimals = decimalsApart(means.map(({ mean }) => mean));
  const list = (side: typeof means): string => words.list(side.map(({ criterion }) => criterion));
  const answerTo = (found: NonNullable<typeof ends>): string => {
    if (!found.equal)
      return words.say('slides.profileAnswer', {
        weakest: list(found.lowest),
        low: words.score(found.lowest[0]?.mean, decimals),
        strongest: list(found.highest),
        high: words.score(found.highest[0]?.mean, decimals),
      });
    const score = words.score(found.all[0]?.mean, decimals);
    return found.all.length > 1 ? words.say('slides.profileEqual', { score }) : '';
  };
  const answer = ends ? answerTo(ends) : '';
  const best = (own: (typeof means)[number]['ends']): string => {
    const units = own.equal ? own.all : own.highest;
    const score = words.score(units[0]?.score);
    if (own.equal && units.length > 1) return words.say('slides.bestEqual', { score });
    return words.say('slides.best', { unit: someUnits(words, units), score });
  };
  const lines = means.map(({ id, criterion, mean, ends: own }) =>
    line({
      name: criterion,
      detail: best(own),
      figure: words.score(mean, decimals),
      share: mean / 100,
      token: tokens.get(id) ?? 'type-8',
    }),
  );
  return { id: 'types', question: words.say('slides.profile'), answer, lines };
}

function misses(words: Words, { plan, gaps }: SlideInput): Slide {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  const [fact, open] = missFacts(gaps.requirements, FEW + 1);
  const question = words.say('slides.misses');
  if (fact?.kind !== 'missed') {
    const none = {
      'nothing-due': [],
      'still-open': ['gaps.noneMissed', 'gaps.stillOpen'],
      'all-met': ['gaps.answerNone'],
    } as const;
    const said = none[fact?.kind ?? 'nothing-due'].map((key) => words.say(key));
    return { id: 'misses', question, answer: words.sentences(said), lines: [] };
  }
  const lines = fact.told.shown.map(({ name, clause, short, counted, criterion }) =>
    line({
      name: words.name(name),
      clause,
      figure: words.say('slides.short', { short, counted }),
      share: short / counted,
      token: tokens.get(criterion) ?? 'type-8',
    }),
  );
  const { note } = levelNote(words, fact.told);
  const notes = [...(note ? [note] : []), ...(open ? [words.say('gaps.stillOpen')] : [])];
  return {
    ...{ id: 'misses', question, answer: '', lines },
    ...(notes.length > 0 && { note: words.sentences(notes) }),
  };
}

function movers(words: Words, { rows, plan, versionThen }: SlideInput): Slide {
  const decimals = totalDecimals(rows);
  const rose = rows
    .flatMap((row) => {
      const places = placesGained(row) ?? 0;
      return places > 0 ? [{ row, places }] : [];
    })
    .sort((a, b) => b.places - a.places);
  const cut = cutAt(rose, FEW, ({ places }) => places);
  const lines = cut.shown.map(({ row, places }) =>
    line({
      lead: movesText(places),
      name: row.name,
      detail: words.say('overview.place', { from: countText(row.previousRank), to: countText(row.rank) }),
      figure: words.score(row.total, decimals),
    }),
  );
  const answer = versionsApart(words, { plan, versionThen }).join('');
  return {
    id: 'movers',
    question: words.say('slides.movers'),
    answer: lines.length > 0 ? answer : '',
    lines,
    ...levelNote(words, cut),
  };
}

/** The awards that stand, of the units that the slides are of: as documents have them. */
const awardsAmong = (rows: readonly RankingRow[], awards: readonly Award[]): Award[] => {
  const units = new Set(rows.map(({ unit }) => unit));
  return awards.filter(({ unit, withdrawn }) => withdrawn === null && units.has(unit));
};

/** Once the department has decided, what it decided; before, those that it can choose from. */
function commended(words: Words, { candidates, awards, group, rows }: SlideInput): Slide {
  const given = awardsAmong(rows, awards);
  if (given.length > 0) {
    const lines = given
      .slice(0, LINES)
      .map(({ name, honour, reason }) => line({ name, detail: reason, figure: honour }));
    const question = words.say('slides.awards');
    return { id: 'commended', question, answer: '', lines, ...moreNote(words, given) };
  }
  // Those of one group are within its places or the zone's; of the zone, those within the zone's come first.
  const overall = candidates.filter(({ within }) => within.includes('overall'));
  const told = group === null && overall.length > 0 ? overall : candidates;
  const decimals = totalDecimals(rows);
  const lines = told.slice(0, LINES).map(({ row, notable }) =>
    line({
      lead: countText(row.rank),
      name: row.name,
      detail: notable[0]?.title ?? words.term(row.group),
      figure: words.score(row.total, decimals),
    }),
  );
  const answer = group === null ? groupsSentence(words, candidates).join('') : '';
  const question = words.say('slides.commended');
  return { id: 'commended', question, answer, lines, ...moreNote(words, told) };
}

function teachingSlide(words: Words, { teaching }: SlideInput): Slide {
  const pairs = pairsTold(teaching);
  const lines = pairs.slice(0, LINES).map(({ topic, pair }) =>
    line({
      name: words.say('slides.learns', { learner: pair.learner.name, teacher: pair.teacher.name }),
      detail: practiceWord(words, topic, pair),
      figure: words.name(topic.name),
    }),
  );
  return {
    id: 'pairs',
    question: words.say('slides.teaching'),
    answer: '',
    lines,
    ...moreNote(words, pairs),
  };
}

function nextSlide(words: Words, { gaps, rows, teaching, over = false }: SlideInput): Slide {
  const facts = nextFacts({
    misses: cutAt(commonestFirst(gaps.requirements), URGENT, shortShare),
    rows,
    pairs: pairsTold(teaching).length,
    over,
    open: someOpen(gaps.requirements),
  });
  const lines = facts.map((fact) => {
    if (fact.kind !== 'close-gaps') return line({ name: words.say(NEXT[fact.kind]), figure: '' });
    const { shown, level } = fact.misses;
    const names = words.list(shown.map(({ name }) => words.name(name)));
    const detail = level > 0 ? words.say('slides.nextLevel', {}, level) : '';
    return line({ name: words.say(NEXT[fact.kind], { names }), detail, figure: '' });
  });
  return { id: 'next', question: words.say('slides.ahead'), answer: '', lines };
}

const MAKERS: Record<Exclude<SlideId, 'cover'>, (words: Words, input: SlideInput) => Slide> = {
  leaders: leadersSlide,
  groups,
  types: profile,
  misses,
  movers,
  incidents: incidentsSlide,
  pairs: teachingSlide,
  commended,
  next: nextSlide,
};

/** The first slide; what nobody wrote on it is what it usually says. */
export function cover(
  words: Words,
  {
    plan,
    group,
    rows,
    sentence,
    opening = {},
  }: Pick<SlideInput, 'plan' | 'group' | 'rows' | 'sentence' | 'opening'>,
): Slide {
  const usual = words.vocabulary.opening;
  const missing = group !== null && rows.length === 0;
  return {
    id: 'cover',
    question: opening.occasion ?? usual.occasion(plan.year, group === null ? '' : words.term(group)),
    answer: missing
      ? words.say('ranking.answerNoGroup', { group: words.term(group) })
      : words.say('slides.coverFacts', { sentence }, rows.length),
    lines: [],
    opening: {
      zone: opening.zone ?? usual.zone,
      day: opening.heldOn === undefined ? '' : words.fullDay(opening.heldOn),
      organiser: opening.organiser ?? usual.organiser,
    },
  };
}

/** What is looked at to find which slides have something to show. */
const slideRows = ({ plan, rows, gaps, awards, candidates, teaching }: SlideFacts): SlideRows => ({
  plan,
  rows,
  requirements: gaps.requirements,
  awards: awardsAmong(rows, awards).length,
  candidates: candidates.length,
  pairs: pairsTold(teaching).length,
});

/** The slides that would have nothing to show. */
export const emptySlides = (facts: SlideFacts): SlideId[] => emptySlidesOf(slideRows(facts));

/** The slides of the meeting as somebody chose them; where nobody did, those without anything to say are left out. */
export function slidesOf(words: Words, input: SlideInput): Slide[] {
  // Of a group that does not exist there is nothing to show but that.
  if (input.group !== null && input.rows.length === 0) return [cover(words, input)];
  const { ids = SLIDES, chosen = false } = input;
  return slidesFrom(ids, chosen, slideRows(input)).map(({ id, empty }) => {
    if (id === 'cover') return cover(words, input);
    const slide = MAKERS[id](words, input);
    return empty ? { id, question: slide.question, answer: words.say('slides.empty'), lines: [] } : slide;
  });
}

/** The slide to go to; undefined where the key steers nothing. */
export function slideFor(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  if (key === 'ArrowRight' || key === 'ArrowDown' || key === 'PageDown' || key === ' ')
    return Math.min(at + 1, last);
  if (key === 'ArrowLeft' || key === 'ArrowUp' || key === 'PageUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}
