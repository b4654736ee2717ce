import { cutAt } from '#schemas/cut.ts';
import { type RankingFact, rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import { exactMean } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { comparedWith } from '../filters.ts';
import { type Frame, incidentName, ranked, rowWith, someNames, topOf } from '../frame.ts';
import type { Section } from '../model.ts';

/** Who leads, how surely, who moved and who is vetoed: the facts of the screen's ranking, worded for paper. */

const NAMED = 5;
const VETOES_NAMED = 5;

type Placed = ReturnType<typeof ranked>[number];
type Fact<K extends RankingFact['kind']> = FactOf<RankingFact, K>;
type Leading = Fact<'first' | 'shared'>;
type Ends = [mean: string, most: string, least: string];

const factOf = <K extends RankingFact['kind']>(facts: readonly RankingFact[], kind: K): Fact<K> | undefined =>
  facts.find((fact): fact is Fact<K> => fact.kind === kind);

function leadOf(frame: Frame, fact: Leading): string {
  const { say } = frame.words;
  const total = frame.totalText(fact.total);
  if (fact.kind === 'first')
    return fact.second ? say.leader(fact.unit.name, total) : say.leaderAlone(fact.unit.name, total);
  if (fact.everybody) return say.leadersAll(fact.units.length, total);
  return say.leaders(someNames(frame, fact.units, NAMED), total);
}

function leaders(frame: Frame, placed: readonly Placed[], fact: Leading): string {
  const { say, stop, comma } = frame.words;
  const lead = leadOf(frame, fact);
  const first = fact.kind === 'first' ? 1 : fact.units.length;
  const { shown, level } = cutAt(placed.slice(first), NAMED - first, ({ total }) => total);
  const names = shown.map(({ name }) => name);
  const next = rowWith(frame, names, (name, at) =>
    say.withTotal(name, frame.totalText(shown[at]?.total ?? null)),
  );
  return shown.length ? `${lead}${comma.trimEnd()}${say.followers(next, level)}${stop}` : `${lead}${stop}`;
}

/** Who stays at the head whatever the weights. Nothing is said while that is not known, or where all are within it. */
function stability(frame: Frame, placed: readonly Placed[], fact: Leading): string {
  const { say } = frame.words;
  const top = topOf(frame);
  if (
    placed.length <= top ||
    (fact.kind === 'shared' && fact.everybody) ||
    placed.some(({ topShare }) => topShare === null)
  )
    return '';
  const stable = placed.filter(({ topShare }) => topShare === 1);
  const told = stable.length
    ? say.stable(someNames(frame, stable, 2 * NAMED), stable.length, top)
    : say.noneStable(top);
  // The table's bands leave out a tenth of the draws, and would seem to say otherwise of these.
  const bandOnly = placed.filter(({ band, topShare }) => band !== null && band[1] <= top && topShare !== 1);
  return bandOnly.length ? told + say.stableBand(someNames(frame, bandOnly, NAMED), bandOnly.length) : told;
}

/** How sure the head of the ranking is: who stays there whatever the weights, and whom the first cannot be told from. */
function certainty(frame: Frame, placed: readonly Placed[], fact: Leading): string {
  if (frame.question.group !== undefined) return '';
  const sure = stability(frame, placed, fact);
  if (fact.kind !== 'first' || !fact.peers.length || fact.peers.length > NAMED) return sure;
  return sure + frame.words.say.overlap(fact.unit.name, someNames(frame, fact.peers, NAMED));
}

function movement(frame: Frame, facts: readonly RankingFact[]): string {
  const { say } = frame.words;
  const [rose, fell] = [factOf(facts, 'rose'), factOf(facts, 'fell')];
  const since = comparedWith(frame);
  return (
    (since !== null && (rose || fell) ? say.since(since) : '') +
    (rose ? say.risers(someNames(frame, rose.units, NAMED), rose.places) : '') +
    (fell ? say.fallers(someNames(frame, fell.units, NAMED), fell.places) : '')
  );
}

function vetoed(frame: Frame, row: RankingRow): string {
  const { say } = frame.words;
  const names = frame.list(row.vetoes.map((id) => incidentName(frame, id)));
  if (row.total === null) return say.vetoedUnranked(row.name, names);
  const [total, uncapped] = [frame.totalText(row.total), frame.totalText(row.totalWithoutVeto)];
  return row.total === row.totalWithoutVeto
    ? say.vetoedBelow(row.name, names, total)
    : say.vetoed(row.name, names, total, uncapped);
}

function vetoes(frame: Frame): string {
  const hit = frame.rows.filter((row) => row.vetoes.length);
  const told = hit.slice(0, VETOES_NAMED).map((row) => vetoed(frame, row));
  const more = hit.length - VETOES_NAMED;
  return told.join('') + (more > 0 ? frame.words.say.alsoVetoed(more) : '');
}

function unranked(frame: Frame, facts: readonly RankingFact[]): string {
  const fact = factOf(facts, 'unranked');
  return fact ? frame.words.say.unranked(someNames(frame, fact.units, NAMED), fact.units.length) : '';
}

/** Why there is no ranking to tell of: no such group, nobody in the year, or nothing that counts yet. */
function nothing(frame: Frame, facts: readonly RankingFact[]): string {
  const { say } = frame.words;
  const unknown = factOf(facts, 'no-such-group');
  if (unknown) return say.noGroup(frame.term(unknown.group));
  if (factOf(facts, 'no-units')) return say.noUnits;
  // A trial in which nothing weighs has no ranks, for another reason than that nothing is due.
  return frame.criteria.every(({ weight }) => weight === 0) ? say.noWeight : say.nothing;
}

export function overallSentences(frame: Frame): Pick<Section, 'findings' | 'answer'> {
  const { words, rows, question } = frame;
  const facts = rankingFacts(rows, { group: question.group ?? null, nameless: false });
  const lead = factOf(facts, 'first') ?? factOf(facts, 'shared');
  if (!lead) return { findings: [nothing(frame, facts).trim()] };
  const placed = ranked(rows);
  const totals = placed.map(({ total }) => total);
  const [most, least] = [Math.max, Math.min].map((end) => totals.reduce((a, b) => end(a, b), lead.total));
  // Where all are equal the sentence behind it says with how much.
  const overall =
    most === least
      ? words.say.overallEqual(rows.length, placed.length)
      : words.say.overall(
          rows.length,
          placed.length,
          ...([exactMean(totals), most ?? null, least ?? null].map(frame.totalText) as Ends),
        );
  const answer = leaders(frame, placed, lead);
  const findings = [
    overall + answer,
    certainty(frame, placed, lead) + movement(frame, facts),
    vetoes(frame) + unranked(frame, facts),
  ];
  return { findings: findings.map((finding) => finding.trim()).filter(Boolean), answer: answer.trim() };
}
