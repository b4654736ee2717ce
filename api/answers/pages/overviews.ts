import { askRanking, stillOn } from '#api/answers/asked.ts';
import type { PageReads } from '#api/ports.ts';
import { freshness } from '#api/queries/freshness.ts';
import { pendingWork } from '#api/queries/pendingWork.ts';
import { selfInspectionsOf } from '#api/queries/selfInspections.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { firstAndLevel } from '#schemas/cut.ts';
import { dayIn } from '#schemas/dates.ts';
import { daysAfter } from '#schemas/months.ts';
import { courseOf, makeMisses, typesOf, vetoedOf } from '#schemas/overview.ts';
import { incidentKinds } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { shortShare } from '#schemas/presentation/answers/gaps.ts';
import type { Overview, ZoneMiss } from '#schemas/results/overview.ts';
import { comparedWith } from '#schemas/selfInspections.ts';
import { nextBatch, obligationsOf } from './agendas.ts';
import { typeIn } from './histories.ts';
import { headed, inGroup, type PageParts, snapshotOf } from './parts.ts';

/** How far the overview looks ahead and back, in days. */
const DAYS = 30;
/** Lines of each list. */
const LINES = 10;

/** What most teams miss comes first, as on the page of gaps; among equals what is missed by more. */
const byCommonness = (a: ZoneMiss, b: ZoneMiss): number =>
  shortShare(b) - shortShare(a) || (a.mean ?? 1) - (b.mean ?? 1);

export function createOverviews(parts: PageParts): Pick<PageReads, 'overview' | 'selfInspections'> {
  const { ask, cache, cached, offsets, quarantined, now } = parts;

  async function make({ group, criterion, ...question }: Parameters<PageReads['overview']>[0]) {
    const seen = { ...question, basis: 'to-date' as const };
    const answer = await askRanking(cache, seen);
    const { judge, plan, on } = answer;
    // What is due today can still be done; seen from a later day it is over.
    const from = judge.view.lasts ? on : daysAfter(on, 1);
    const ranked = inGroup(answer, group);
    const type = typeIn(answer, criterion);
    const isIn = (one: { criterion: string | null }) =>
      criterion === undefined || one.criterion === criterion;
    const snapshot = snapshotOf(answer);
    const since = daysAfter(on, -DAYS);
    const ahead = daysAfter(on, DAYS);
    const found = makeMisses(judge);
    const [dueSoon, dueNext, pending, fresh, head] = await Promise.all([
      obligationsOf(answer, ranked.verdicts, { from, to: ahead, limit: LINES, criterion }),
      nextBatch(answer, ranked.verdicts, ahead, criterion),
      pendingWork(ask, { snapshot, year: plan.year }),
      freshness(ask, { snapshot, incidents: incidentKinds(plan) }),
      headed(parts, seen, answer),
      calmly(ranked.verdicts, found.add),
    ]);
    const { lastReported, reports } = fresh;
    const misses = found.misses(plan.requirements.length).filter(isIn);
    const value: Overview = {
      course: courseOf(judge, ranked, LINES, type),
      types: typesOf(judge, ranked.verdicts),
      dueSoon,
      dueNext,
      misses: firstAndLevel(misses.sort(byCommonness), LINES, shortShare),
      since,
      vetoed: vetoedOf(ranked),
      pending,
      freshness: {
        lastReported: lastReported === null ? null : new Date(lastReported).toISOString(),
        reports,
        quarantined: quarantined(),
      },
      ...head,
    };
    return { value, isCurrent: stillOn(seen, answer, now), isWhole: true };
  }

  return {
    overview: (question) => cached(['overview', question], formatWatermark(offsets()), () => make(question)),

    selfInspections: (question) =>
      cached(['self-inspections', question], formatWatermark(offsets()), async () => {
        const { year, basis, on, asOf } = question;
        const answer = await askRanking(cache, { year, basis, on, asOf });
        const found = await selfInspectionsOf(ask, { snapshot: snapshotOf(answer), year });
        const inspections = found.map(({ unit, recordedAt, criteria }) => ({
          unit,
          recordedOn: dayIn(answer.plan.timezone, recordedAt),
          criteria,
        }));
        const value = {
          ...comparedWith(answer.judge, answer.ranked.verdicts, inspections),
          ...(await headed(parts, question, answer)),
        };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}
