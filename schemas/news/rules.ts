import { type Day, dayNumber } from '#schemas/dates.ts';
import type { Publication } from '#schemas/publications.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import type { NewsBody, NewsOf, OwedItem } from '#schemas/results/news.ts';

/**
 * What is news: from how things stand, and from how they stood before. Pure. Each piece has a key, under which it is
 * told once: the same state looked at twice, or after a restart, gives the same keys.
 */
export type News = { key: string; body: NewsBody };

type Unit = { unit: string; name: string };

/** What was due longer ago than that is no news any more. */
export const OVERDUE_DAYS = 14;
/** So many days ahead people are reminded. */
const FIRST_DAYS = 7;
const LAST_DAYS = 1;

/** What a deadline calls for on a day: the most urgent that has come, or nothing. */
export function stageOf(due: Day, today: Day): 7 | 1 | 'over' | null {
  const left = dayNumber(due) - dayNumber(today);
  if (left < -OVERDUE_DAYS || left > FIRST_DAYS) return null;
  if (left < 0) return 'over';
  return left <= LAST_DAYS ? 1 : 7;
}

/** What of a year's obligations is looked at on a day. */
export const dueRange = (today: Day, dayOf: (number: number) => Day): { from: Day; to: Day } => ({
  from: dayOf(dayNumber(today) - OVERDUE_DAYS),
  to: dayOf(dayNumber(today) + FIRST_DAYS),
});

const owedItem = ({ of, id, criterion, name, clause, kind, window, owing }: Obligation): OwedItem => ({
  of,
  id,
  criterion,
  name,
  clause,
  kind,
  window,
  owing,
});

/** One piece for each day and stage, with everything that is owed then; about a unit, or about the whole zone. */
export function dueNews(
  obligations: readonly Obligation[],
  { year, today, about }: { year: number; today: Day; about: Unit | null },
): News[] {
  const owed = obligations.filter(({ owing }) => owing > 0);
  return [...Map.groupBy(owed, ({ due }) => due)].flatMap(([due, items]) => {
    const stage = stageOf(due, today);
    if (stage === null) return [];
    const shared = { year, due, about, owed: items.map(owedItem) };
    const key = `due:${year}:${due}:${stage}:${about?.unit ?? ''}`;
    // Told of as late as on its last day, it is due today, and not within a day.
    const days = due === today ? 0 : stage;
    const body: NewsBody =
      days === 'over' ? { kind: 'overdue', ...shared } : { kind: 'due', days, ...shared };
    return [{ key, body }];
  });
}

/** A decision that an event told of, and what it was about as it stands now. */
export type Decided = {
  position: string;
  about: Unit;
  activity: string;
  year: number;
  title: string;
  /** The kind of activity. */
  of: string;
  reason: string;
  decision: 'rejected' | 'granted' | 'dismissed';
  /** False where something else was decided since. */
  stands: boolean;
};

export function decisionNews(decided: readonly Decided[]): News[] {
  return decided.flatMap(({ position, decision, stands, ...told }) => {
    if (!stands) return [];
    const body: NewsBody =
      decision === 'rejected'
        ? { kind: 'rejected', ...told }
        : { kind: 'appeal', ...told, outcome: decision };
    return [{ key: `event:${position}`, body }];
  });
}

/** Vetoes that stand, by unit. */
export type Vetoed = ReadonlyMap<string, { vetoes: readonly string[] }>;
type Veto = Pick<NewsOf<'veto'>, 'name' | 'of' | 'cap'> & { id: string };

/**
 * Vetoes that did not stand before, and such as stand no longer of units that are still ranked. One that is withdrawn and
 * falls again is news again, but not on the same day.
 */
export function vetoNews(
  before: ReadonlyMap<string, readonly string[]>,
  after: Vetoed,
  {
    year,
    today,
    vetoes,
    nameOf,
  }: { year: number; today: Day; vetoes: readonly Veto[]; nameOf(unit: string): string | undefined },
): News[] {
  const known = new Map(vetoes.map((veto) => [veto.id, veto]));
  const told = (unit: string, id: string, lifted: boolean): News[] => {
    const [veto, name] = [known.get(id), nameOf(unit)];
    if (!veto || name === undefined) return [];
    const { of, cap } = veto;
    const body = {
      kind: 'veto',
      year,
      about: { unit, name },
      veto: id,
      name: veto.name,
      of,
      cap,
      lifted,
    } as const;
    return [{ key: `veto${lifted ? '-lifted' : ''}:${year}:${id}:${unit}:${today}`, body }];
  };
  const fell = [...after].flatMap(([unit, { vetoes: standing }]) =>
    standing.filter((id) => !before.get(unit)?.includes(id)).flatMap((id) => told(unit, id, false)),
  );
  const lifted = [...before].flatMap(([unit, stood]) =>
    stood.filter((id) => !after.get(unit)?.vetoes.includes(id)).flatMap((id) => told(unit, id, true)),
  );
  return [...fell, ...lifted];
}

/** How a unit stands on a day. `within`: it has one of the places for commendation. */
export type Stood = Unit & { rank: number | null; within: boolean; eligible: boolean };

/** How units stand on a day; one that had not begun by then has no rank that it could fall from (decision 25). */
export const stoodOf = (
  rows: readonly Omit<Stood, 'within'>[],
  { within, unbegun }: { within: ReadonlySet<string>; unbegun: ReadonlyMap<string, Day> },
): Stood[] =>
  rows.map(({ unit, name, rank, eligible }) => ({
    unit,
    name,
    rank: unbegun.has(unit) ? null : rank,
    eligible,
    within: within.has(unit) && !unbegun.has(unit),
  }));

/** What later ranks are held against: the best since a fall was told, or since the year was first looked at. */
export type Reference = { rank: number; since: Day; within: boolean };
/** Pairs, since any text may be the id of a unit. */
export type Standings = { year: number; version: number; units: readonly (readonly [string, Reference])[] };

/**
 * Ranks that fell and places that were lost, and what the next day is compared with. Ranks move with every report, so
 * that they are compared once a day. A slow fall is told as well: it is measured from the best rank that the unit has
 * had since the last time, and told once it is more than `fallBy`.
 */
export function standingNews(
  before: Standings | undefined,
  after: readonly Stood[],
  { year, version, today, fallBy }: { year: number; version: number; today: Day; fallBy: number },
): { news: News[]; standings: Standings } {
  const known = before?.year === year ? before : undefined;
  const news: News[] = [];
  const references = new Map(known?.units);
  const units: [string, Reference][] = [];
  for (const { unit, name, rank, within, eligible } of after) {
    const was = references.get(unit);
    const about = { unit, name };
    if (was?.within && !within)
      news.push({
        key: `quota:${year}:${unit}:${today}`,
        body: { kind: 'quota', year, about, rank, why: eligible ? 'rank' : 'not-eligible' },
      });
    if (rank === null) continue;
    const fell = was !== undefined && rank - was.rank > fallBy;
    if (fell)
      news.push({
        key: `rank:${year}:${unit}:${today}`,
        body: {
          kind: 'rank',
          year,
          about,
          before: was.rank,
          after: rank,
          since: was.since,
          replanned: known?.version !== version,
        },
      });
    units.push([unit, was && !fell && was.rank < rank ? { ...was, within } : { rank, since: today, within }]);
  }
  return { news, standings: { year, version, units } };
}

/** Days before its end on which a publication is told of again. */
const ENDING_DAYS = 3;

export function publicationNews(year: number, publication: Publication | null): News[] {
  if (publication?.state !== 'open') return [];
  const { until, daysLeft } = publication;
  // Who hears of the beginning so late hears of the end: one piece says both.
  const stage = daysLeft <= ENDING_DAYS ? 'ending' : 'opened';
  return [
    {
      // One that is extended is told of again: what was told before has another end.
      key: `publication:${year}:${until}:${stage}`,
      body: { kind: 'publication', year, stage, until, daysLeft },
    },
  ];
}

export type Waiting = { verification: number; appeals: number; quarantine: number };

/** What waits for somebody, once in a week; nothing where nothing does. `week`: its Monday. */
export function waitingNews(
  waiting: Waiting,
  { year, week, account }: { year: number; week: Day; account: string | null },
): News[] {
  if (waiting.verification + waiting.appeals + waiting.quarantine === 0) return [];
  return [
    {
      key: `waiting:${week}:${account ?? ''}`,
      body: { kind: 'waiting', year, account, ...waiting },
    },
  ];
}

/** The Monday of a day's week. */
export const mondayOf = (day: Day, dayOf: (number: number) => Day): Day => {
  const number = dayNumber(day);
  // Day 0 was a Thursday.
  return dayOf(number - ((number + 3) % 7));
};
