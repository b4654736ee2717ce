import { type Cut, cutAt } from '#schemas/cut.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { commonestFirst, shortShare } from '#schemas/presentation/answers/gaps.ts';
import { placeIn, placesGained, rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import { countText, exactMean, movesText, totalDecimals } from '#schemas/presentation/numbers.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { Award, Candidate } from '#schemas/results/commendations.ts';
import type { GapMatrix, RankingRow } from '#schemas/results/results.ts';
import type { Teaching } from '#schemas/results/teaching.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { groupsSentence } from '../commendation/candidates.ts';
import { agendaTopics, featuredPairs } from '../teaching/topics.ts';

/** The meeting on slides: one question each, few lines, large. */

export type SlideLine = {
  /** What stands in front: a rank, a type. */
  lead: string;
  name: string;
  detail: string;
  figure: string;
  /** How much of the line's bar is filled, 0..1; null for none. */
  share: number | null;
  /** The bar's colour, by its token. */
  token: string;
  alarm: boolean;
};
export type Slide = {
  id: string;
  question: string;
  answer: string;
  lines: SlideLine[];
  /** Said below the lines where they end among equals. */
  note?: string;
};

export type SlideInput = {
  plan: Plan;
  rows: readonly RankingRow[];
  /** The group that the slides are of; null for the zone. */
  group: string | null;
  /** Over the units that the slides speak of. */
  gaps: {
    requirements: readonly Pick<
      GapMatrix['requirements'][number],
      'name' | 'clause' | 'criterion' | 'mean' | 'short' | 'counted'
    >[];
  };
  candidates: readonly Candidate[];
  awards: readonly Award[];
  teaching: Pick<Teaching, 'topics' | 'agenda'>;
  /** The range as a sentence, and whether the figures are live or sealed. */
  sentence: string;
};

/** As many lines as the last row of a hall can read. */
const LINES = 8;
const FEW = 5;

const line = (given: Partial<SlideLine> & Pick<SlideLine, 'name' | 'figure'>): SlideLine => ({
  lead: '',
  detail: '',
  share: null,
  token: 'accent',
  alarm: false,
  ...given,
});

/** What is said below lines that have no order, where there are more. */
const moreNote = (words: Words, all: readonly unknown[]): Pick<Slide, 'note'> =>
  all.length > LINES ? { note: words.say('slides.more', {}, all.length - LINES) } : {};

/** What is said below lines that end among equals. */
const levelNote = (words: Words, { level }: Pick<Cut<unknown>, 'level'>): Pick<Slide, 'note'> =>
  level > 0 ? { note: words.say('slides.level', {}, level) } : {};

/** Who leads, found as the ranking finds it: in the zone, or in the group that the slides are of. */
function leadSentence(words: Words, { rows, group }: SlideInput): string {
  const [fact] = rankingFacts(rows, { group, nameless: false });
  if (fact?.kind === 'shared')
    return words.say('slides.shared', {
      units: someUnits(words, fact.units),
      total: words.score(fact.total, fact.decimals),
    });
  if (fact?.kind === 'no-ranks') return words.say('ranking.answerNothing');
  if (fact?.kind !== 'first' || !fact.second) return '';
  const named = { unit: fact.unit.name, total: words.score(fact.total, fact.decimals) };
  // Who lies within the play of the weights is not led by so and so much.
  return fact.certainty === 'close'
    ? words.say('slides.leadsClose', { ...named, second: someUnits(words, fact.peers) })
    : words.say('slides.leads', {
        ...named,
        second: someUnits(words, fact.second.units),
        lead: words.gap(fact.second.lead, fact.decimals),
      });
}

/** What stands beside a rank within the group: the rank in the zone. */
const placeDetail = (words: Words, { rank, of }: RankingRow): string =>
  words.say('slides.zonePlace', { rank: countText(rank), of });

function leaders(words: Words, input: SlideInput): Slide {
  const { rows, group } = input;
  const decimals = totalDecimals(rows);
  const placed = rows.filter(({ rank }) => rank !== null);
  const cut = cutAt(placed, LINES, (row) => placeIn(group, row));
  const lines = cut.shown.map((row) =>
    line({
      lead: countText(placeIn(group, row)),
      name: row.name,
      detail: [
        ...(group === null ? [] : [placeDetail(words, row)]),
        ...(row.band ? [words.say('ranking.bandOf', { band: words.band(row.band) })] : []),
      ].join(' · '),
      figure: words.score(row.total, decimals),
      share: (row.total ?? 0) / 100,
    }),
  );
  const answer = leadSentence(words, input);
  return { id: 'leaders', question: words.say('slides.leaders'), answer, lines, ...levelNote(words, cut) };
}

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
  const list = (side: typeof means): string => words.list(side.map(({ criterion }) => criterion));
  const answer =
    ends && !ends.equal
      ? words.say('slides.profileAnswer', {
          weakest: list(ends.lowest),
          low: words.score(ends.lowest[0]?.mean),
          strongest: list(ends.highest),
          high: words.score(ends.highest[0]?.mean),
        })
      : '';
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
      figure: words.score(mean),
      share: mean / 100,
      token: tokens.get(id) ?? 'type-8',
    }),
  );
  return { id: 'profile', question: words.say('slides.profile'), answer, lines };
}

function misses(words: Words, { plan, gaps }: SlideInput): Slide {
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  const cut = cutAt(commonestFirst(gaps.requirements), FEW + 1, shortShare);
  const lines = cut.shown.map(({ name, clause, short, counted, criterion }) =>
    line({
      name: words.name(name),
      detail: clause,
      figure: words.say('slides.short', { short, counted }),
      share: short / counted,
      token: tokens.get(criterion) ?? 'type-8',
    }),
  );
  const isCounted = gaps.requirements.some(({ counted }) => counted > 0);
  const answer = lines.length === 0 && isCounted ? words.say('gaps.answerNone') : '';
  return { id: 'misses', question: words.say('slides.misses'), answer, lines, ...levelNote(words, cut) };
}

function movers(words: Words, { rows }: SlideInput): Slide {
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
  return { id: 'movers', question: words.say('slides.movers'), answer: '', lines, ...levelNote(words, cut) };
}

function vetoes(words: Words, { plan, rows }: SlideInput): Slide {
  const decimals = totalDecimals(rows);
  const nameOf = (id: string): string => {
    const name = plan.vetoes.find((veto) => veto.id === id)?.name;
    return name ? words.name(name) : id;
  };
  const vetoed = rows.filter((row) => row.vetoes.length > 0);
  const lines = vetoed.slice(0, LINES).map((row) =>
    line({
      lead: countText(row.rank),
      name: row.name,
      detail: `✕ ${words.list(row.vetoes.map(nameOf))}`,
      // A total that is not above the cap anyway is not capped.
      figure:
        row.total === row.totalWithoutVeto
          ? words.score(row.total, decimals)
          : words.say('slides.capped', {
              total: words.score(row.total, decimals),
              uncapped: words.score(row.totalWithoutVeto, decimals),
            }),
      alarm: true,
    }),
  );
  return {
    id: 'vetoes',
    question: words.say('slides.vetoes'),
    answer: '',
    lines,
    ...moreNote(words, vetoed),
  };
}

/** Once the department has decided, what it decided; before, those that it can choose from. */
function commended(words: Words, { candidates, awards, group }: SlideInput): Slide {
  const given = awards.filter(({ withdrawn }) => withdrawn === null);
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
  const decimals = totalDecimals(told.map(({ row }) => row));
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
  const lines = featuredPairs(agendaTopics(teaching).slice(0, FEW)).map(({ topic, pair }) =>
    line({
      name: words.say('slides.learns', { learner: pair.learner.name, teacher: pair.teacher.name }),
      detail: pair.activities[0]?.title ?? '',
      figure: words.name(topic.name),
    }),
  );
  return { id: 'teaching', question: words.say('slides.teaching'), answer: '', lines };
}

/** The slides of the meeting; those without anything to say are left out. */
export function slidesOf(words: Words, input: SlideInput): Slide[] {
  // Of a group that does not exist there is nothing to show but that.
  if (input.group !== null && input.rows.length === 0) {
    const answer = words.say('ranking.answerNoGroup', { group: words.term(input.group) });
    return [{ id: 'cover', question: words.say('slides.cover'), answer, lines: [] }];
  }
  const cover: Slide = {
    id: 'cover',
    question: words.say('slides.cover'),
    answer: words.say('slides.coverFacts', { sentence: input.sentence }, input.rows.length),
    lines: [],
  };
  const rest = [leaders, groups, profile, misses, movers, vetoes, commended, teachingSlide]
    .map((make) => make(words, input))
    .filter(({ lines, answer }) => lines.length > 0 || answer !== '');
  return [cover, ...rest];
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
