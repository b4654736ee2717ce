import type { Principal } from '#api/access/principal.ts';
import { askRanking } from '#api/answers/asked.ts';
import { countedReport } from '#api/answers/countedReport.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxQuestion, InboxReads } from '#api/ports.ts';
import type { ListedActivity } from '#api/queries/activities.ts';
import { reportsOf } from '#api/queries/reports.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { formatWatermark } from '#schemas/position.ts';
import { registerEffectOf } from '#schemas/registerEffect.ts';
import { type DecisionOf, MOST_DECISIONS } from '#schemas/results/inbox.ts';
import { retallied } from '#schemas/retally.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { type PageParts, snapshotOf } from './parts.ts';

/** Reports and units that are reckoned at once; of more the effect is not told. */
const MOST_REPORTS = 20_000;
const MOST_UNITS = 200;
/** Reports of a unit and year that are looked at; a unit has a few hundred. */
const MOST = 50_000;

/** A report as each decision leaves it; a granted appeal waives an incident for good. */
const DECIDED: Record<DecisionOf, (row: ListedActivity) => ListedActivity> = {
  verified: (row) => ({ ...row, state: 'verified' }),
  rejected: (row) => ({ ...row, state: 'rejected' }),
  granted: (row) => ({ ...row, waived: true, state: row.state === 'rejected' ? 'reported' : row.state }),
  dismissed: (row) => row,
};

type Chosen = { ids: ReadonlySet<string>; kinds: readonly string[] };

const tooMany = (): Problem =>
  new Problem('invalid', `Effects are reckoned for up to ${MOST_UNITS} units and ${MOST_REPORTS} reports.`);

/** What one decision on all that the filters of the inbox find would do to everybody's place; nothing is written. */
export function createDecisionEffects(
  { ask, cache }: Pick<PageParts, 'ask' | 'cache'>,
  { inbox }: Pick<InboxReads, 'inbox'>,
): Pick<InboxReads, 'decisionEffect'> {
  /** What the asker would decide on, by unit: what the asker reported is for somebody else. */
  async function chosenBy(
    question: Omit<InboxQuestion, 'limit' | 'cursor'>,
    who: Principal,
  ): Promise<ReadonlyMap<string, Chosen>> {
    const items: { unit: string; activity: string; kind: string }[] = [];
    let cursor: string | null = null;
    do {
      const page = await inbox({ ...question, limit: MOST_DECISIONS, ...(cursor && { cursor }) }, who);
      for (const { own, unit, activity, body } of page.items)
        if (!own) items.push({ unit, activity, kind: body.kind });
      if (items.length > MOST_REPORTS) throw tooMany();
      cursor = page.nextCursor;
    } while (cursor !== null);
    const byUnit = Map.groupBy(items, ({ unit }) => unit);
    if (byUnit.size > MOST_UNITS) throw tooMany();
    return new Map(
      [...byUnit].map(([unit, those]) => [
        unit,
        {
          ids: new Set(those.map(({ activity }) => activity)),
          kinds: [...new Set(those.map(({ kind }) => kind))],
        },
      ]),
    );
  }

  async function supposedIn(
    { judge, ranked, placeOf, plan }: RankingAnswer,
    chosen: ReadonlyMap<string, Chosen>,
    rowsOf: (unit: string, kinds: readonly string[]) => Promise<ListedActivity[]>,
    decided: (row: ListedActivity) => ListedActivity,
  ): Promise<ReadonlyMap<string, UnitTally>> {
    const told = countedReport(plan);
    const until = judge.view.basis === 'to-date' ? judge.view.on : null;
    const supposed = new Map<string, UnitTally>();
    for (const [unit, { ids, kinds }] of chosen) {
      const tally = ranked.verdicts[placeOf.get(unit) ?? -1]?.tally;
      if (!tally) continue;
      const reports = (await rowsOf(unit, kinds)).map((row) =>
        told(ids.has(row.activity) ? decided(row) : row),
      );
      supposed.set(unit, retallied(judge.layout, tally, { kinds, reports, until }));
    }
    return supposed;
  }

  return {
    async decisionEffect({ decision, ...question }, who) {
      const { year } = question;
      const chosen = await chosenBy(question, who);
      const toDate = await askRanking(cache, { year, basis: 'to-date' });
      const whole = await askRanking(cache, { year, basis: 'year' });
      const snapshot = snapshotOf(toDate);
      const known = new Map<string, Promise<ListedActivity[]>>();
      const rowsOf = (unit: string, kinds: readonly string[]): Promise<ListedActivity[]> => {
        const rows = known.get(unit) ?? reportsOf(ask, { snapshot, unit, year, kinds, limit: MOST });
        known.set(unit, rows);
        return rows;
      };
      const bases = [];
      for (const answer of [toDate, whole]) {
        const supposed = await supposedIn(answer, chosen, rowsOf, DECIDED[decision]);
        bases.push(registerEffectOf(answer.judge, answer.ranked, supposed));
      }
      return {
        year,
        bases,
        plan: { year: toDate.plan.year, version: toDate.plan.version },
        watermark: formatWatermark(toDate.offsets),
      };
    },
  };
}
