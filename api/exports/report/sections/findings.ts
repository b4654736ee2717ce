import { type DecisionFact, decisionFact } from '#schemas/presentation/answers/decisions.ts';
import { missFacts, someOpen } from '#schemas/presentation/answers/gaps.ts';
import { type IncidentFact, incidentFacts } from '#schemas/presentation/answers/incidents.ts';
import { type NextFact, nextFacts } from '#schemas/presentation/answers/nextSteps.ts';
import { PAIRS_TOLD } from '#schemas/presentation/answers/pairs.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
import { inQuotes } from '#schemas/presentation/names.ts';
import { pointsText, shareText } from '#schemas/presentation/numbers.ts';
import { type Board, boardOf } from '../board.ts';
import { missesChart } from '../charts.ts';
import { awardsOf, type Frame, incidentName, rowWith, someNames, topOf } from '../frame.ts';
import type { Section } from '../model.ts';
import { broken } from '../shorten.ts';
import { behindTable, matrixTable, missesPage, mostMissed, type Requirement } from '../tables/gapTables.ts';
import {
  awardTable,
  candidatesOf,
  candidateTable,
  incidentTable,
  pairTable,
  topicName,
} from '../tables/meetingTables.ts';

/** What the zone misses, what went wrong, whom to commend, what comes next: facts of the tables beside, on paper. */

const CHARTED = 10;
const TOLD = 5;
const LISTED = 12;
/** Misses that come first in what is asked for next. */
const URGENT = 3;
/** Requirements that a page shows beside one another, with the units. */
const MATRIX_COLUMNS = 24;

/** What the whole zone misses. null without a gap matrix. */
export function missesSection(frame: Frame): Section | null {
  const { words, gaps, name } = frame;
  if (!gaps) return null;
  const { say } = words;
  const [fact, open] = missFacts(gaps.requirements, TOLD);
  const head = { id: 'misses', ...words.section.misses };
  if (fact?.kind !== 'missed') {
    const none = { 'nothing-due': say.nothing, 'still-open': say.missesOpen, 'all-met': say.missesNone };
    return {
      ...head,
      findings: fact ? [none[fact.kind].trim()] : [],
      charts: [],
      tables: [],
    };
  }
  const { shown, left, level } = fact.told;
  const points = shown.map((miss) => ({
    lead: name(miss.name),
    text: say.miss(miss.clause, miss.counted, miss.short, shareText(miss.mean)).trimEnd(),
  }));
  const [worst] = points;
  const told =
    say.misses(fact.counted, fact.short) +
    (open ? say.stillOpen : '') +
    (left > 0 ? say.missesTold(shown.length, level) : '');
  return {
    ...head,
    findings: [told.trim()],
    ...(worst && { answer: worst.lead + worst.text }),
    points,
    charts: [missesChart(frame, CHARTED)],
    tables: [missesPage(frame, LISTED)],
  };
}

/** Units × requirements, a table a type; for a hall, the units that lose most. */
export function matrixSection(frame: Frame): Section | null {
  const { words, gaps } = frame;
  if (!gaps?.units.length) return null;
  const slide = behindTable(frame);
  const { most, found } = greatest(slide.rows, (row) => Number(row[3]));
  const names = found.map((row) => ({ name: String(row[1]) }));
  return {
    id: 'byCriterion',
    ...words.section.byCriterion,
    findings: [],
    ...(found.length > 0 && {
      slide,
      answer: words.say.losesMost(
        someNames(frame, names, TOLD),
        names.length,
        pointsText(most, slide.columns[3]?.decimals),
      ),
    }),
    charts: [],
    tables: frame.criteria.flatMap(({ id }) => broken(matrixTable(frame, id), MATRIX_COLUMNS)),
  };
}

function incidentSentence(frame: Frame, fact: IncidentFact): string {
  const { say, column, colon, stop } = frame.words;
  if (fact.kind === 'none') return say.incidentsNone.trim();
  if (fact.kind === 'vetoed')
    return `${column.vetoes}${colon}${someNames(frame, fact.units, LISTED)}${stop}`.trim();
  const names = fact.kinds.map(({ id }) => incidentName(frame, id));
  const kinds = rowWith(frame, names, (name, at) => say.incidentTimes(name, fact.kinds[at]?.count ?? 0));
  return say.incidents(fact.times, fact.units, kinds).trim();
}

export function incidentSection(frame: Frame): Section {
  const table = incidentTable(frame);
  const findings = incidentFacts(frame.rows).map((fact) => incidentSentence(frame, fact));
  return {
    id: 'incidents',
    ...frame.words.section.incidents,
    findings,
    answer: findings.join(frame.language === 'en' ? ' ' : ''),
    charts: [],
    tables: table.rows.length ? [table] : [],
  };
}

function decisionSentence({ words: { say } }: Frame, fact: DecisionFact): string {
  if (fact.kind === 'awarded') return say.awards(fact.awards, fact.units);
  if (fact.kind === 'none') return say.candidatesNone;
  const { met, open, ranked, places, candidates, beyond } = fact;
  return (
    say.candidates(met, open, ranked, places, candidates) +
    (beyond === 0 ? '' : beyond === null ? say.candidatesTiedZone : say.candidatesTied(beyond))
  );
}

/** What the department decided, else whom the figures propose. */
export function candidateSection(frame: Frame): Section {
  const { words, rows } = frame;
  const awards = awardsOf(frame);
  const candidates = candidatesOf(frame);
  const places = topOf(frame);
  const inZone = boardOf(frame).proposed.filter(({ within }) => within.includes('overall')).length;
  const fact = decisionFact({ awards, rows, candidates, places, inZone });
  const isAwarded = fact.kind === 'awarded';
  const id = isAwarded ? 'awards' : 'candidates';
  const table = isAwarded ? awardTable(frame) : candidateTable(frame, 'page');
  return {
    id,
    ...words.section[id],
    findings: [decisionSentence(frame, fact).trim()],
    charts: [],
    tables: fact.kind === 'none' ? [] : [table],
  };
}

/** Which units lag as well and stand in no pair, topic by topic; nothing where all stand in one. */
function unpairedSentence(frame: Frame, { of, unpaired }: Board): string {
  const { words, list } = frame;
  const { say } = words;
  const parts = unpaired.flatMap((topic) =>
    topic.left > 0 ? [say.unpairedAt[of](topicName(frame, topic), topic.left, topic.level)] : [],
  );
  return parts.length > 0 ? say.unpaired[of](PAIRS_TOLD, list(parts)) : '';
}

function pairSentence(frame: Frame, board: Board): string {
  const { say } = frame.words;
  const { of, lessons, left } = board;
  if (lessons.length === 0) return say.pairsNone;
  const told = say.pairs[of](lessons.length) + unpairedSentence(frame, board);
  return left > 0 ? told + say.pairsLeft(left) : told;
}

export function pairSection(frame: Frame): Section {
  const { words } = frame;
  const board = boardOf(frame);
  return {
    id: 'pairs',
    ...words.section.pairs,
    findings: [pairSentence(frame, board).trim()],
    charts: [],
    tables: board.lessons.length > 0 ? [pairTable(frame)] : [],
  };
}

function nextSentence(frame: Frame, fact: NextFact<Requirement>): string {
  const { say } = frame.words;
  if (fact.kind === 'keep-up') return say.nextPlain;
  if (fact.kind === 'kept') return say.nextKept;
  if (fact.kind === 'find-causes') return say.nextVeto;
  if (fact.kind === 'learn') return say.nextPairs;
  const { shown, level } = fact.misses;
  const names = shown.map((requirement) => inQuotes(frame.name(requirement.name)));
  return say.next(frame.list(names), level);
}

/** `pairs`: whether the document shows them. */
export function nextSection(frame: Frame, { pairs }: { pairs: boolean }): Section {
  const { words, rows, question, gaps } = frame;
  const facts = nextFacts({
    misses: mostMissed(frame, URGENT),
    rows,
    pairs: pairs ? boardOf(frame).lessons.length : 0,
    over: question.on >= `${question.year}-12-31`,
    open: someOpen(gaps?.requirements ?? []),
  });
  return {
    id: 'next',
    ...words.section.next,
    findings: facts.map((fact) => nextSentence(frame, fact).trim()),
    charts: [],
    tables: [],
  };
}
