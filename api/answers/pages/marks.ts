import { freezesOf } from '#api/freeze/records.ts';
import { incidentDays, lateReportsOf } from '#api/queries/marks.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { dayIn } from '#schemas/dates.ts';
import { endOfDay } from '#schemas/months.ts';
import { incidentKinds } from '#schemas/plan.ts';
import type { Mark } from '#schemas/results/marks.ts';
import { type PageParts, snapshotOf } from './parts.ts';

const byDay = (a: Mark, b: Mark): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

/**
 * What happened up to the day of an answer, to each of these units or, counted, to all of them together. At the end of a year belongs to
 * it what came afterwards, too: late reports, seals.
 */
export async function marksOf(
  { ask, cache, publications }: Pick<PageParts, 'ask' | 'cache' | 'publications'>,
  answer: RankingAnswer,
  { units, together }: { units: readonly string[]; together: boolean },
): Promise<Mark[]> {
  const { plan, asOf, on } = answer;
  const { year, timezone } = plan;
  const snapshot = snapshotOf(answer);
  const dayOf = (instant: number) => dayIn(timezone, instant);
  const isWhole = on >= `${year}-12-31`;
  // A month's late reports are one mark: those that came after the day are left out before they are counted.
  const until = isWhole ? Number.MAX_SAFE_INTEGER : endOfDay(timezone, on);
  const [incidents, late, seals, published, plans] = await Promise.all([
    incidentDays(ask, { snapshot, year, units, kinds: incidentKinds(plan) }),
    lateReportsOf(ask, { snapshot, year, units, timezone, together, until }),
    freezesOf(ask, year, snapshot.offsets),
    publications({ snapshot, year }),
    cache.plans.versions(year, asOf),
  ]);
  const plain = { unit: null, id: null, count: 1, number: null };
  const ofZone = (kind: Mark['kind'], instant: number, number: number | null): Mark => {
    const recordedOn = dayOf(instant);
    return { ...plain, kind, on: recordedOn, recordedOn, number };
  };
  const of = (kind: 'veto' | 'deduction', items: readonly { id: string; kind: string }[]): Mark[] =>
    incidents.flatMap(({ unit, kind: incident, day, recordedAt }) =>
      items
        .filter((item) => item.kind === incident)
        .map(({ id }) => ({ ...plain, kind, on: day, recordedOn: dayOf(recordedAt), unit, id })),
    );
  const marks: Mark[] = [
    ...of('veto', plan.vetoes),
    ...of('deduction', plan.deductions),
    ...late.map(({ whose, lastAt, reports }): Mark => {
      const recordedOn = dayOf(lastAt);
      return { ...plain, kind: 'late', on: recordedOn, recordedOn, unit: whose || null, count: reports };
    }),
    ...plans.map(({ plan: { version }, recordedAt }) => ofZone('plan', recordedAt, version)),
    ...seals
      .map(({ row: { number, recordedtime } }) => ({ number, at: Date.parse(recordedtime) }))
      .filter(({ at }) => asOf === null || at <= asOf)
      .map(({ number, at }) => ofZone('seal', at, number)),
    ...published.map(({ recordedAt }) => ofZone('publication', recordedAt, null)),
  ];
  const seen = marks.filter((mark) => isWhole || mark.on <= on).sort(byDay);
  return together ? counted(seen) : seen;
}

/** Marks of single units as those of all of them: of a kind and a day, and what it is, one. */
function counted(marks: readonly Mark[]): Mark[] {
  const sums = new Map<string, Mark>();
  for (const mark of marks) {
    const key = JSON.stringify([mark.kind, mark.on, mark.recordedOn, mark.id, mark.number]);
    const known = sums.get(key);
    sums.set(key, known ? { ...known, count: known.count + mark.count } : { ...mark, unit: null });
  }
  return [...sums.values()];
}
