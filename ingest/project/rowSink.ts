import { noRows, type Rows, VERSIONED, VERSIONED_NAMES } from '../tables/tables.ts';
import type { Adds, Effect, Moment, Opens } from './effect.ts';

type Version = Opens['after'];

/** The rows of one batch. A version that is opened and closed within it is written once, closed. */
export type RowSink = { add(effect: Effect, at: Moment): void; rows: Rows };

/** Versions by the event that opened them: it opens one at most. */
type Opened = Map<number, Version>;

function supersede(into: Opened, { before, after }: Opens, at: Moment): void {
  if (before) into.set(before.fromPos, { ...before, closedBy: at.position, recordedTo: at.recordedAt });
  into.set(after.fromPos, after);
}

export function createRowSink(): RowSink & { finish(): Rows } {
  const opened = new Map(VERSIONED_NAMES.map((name): [typeof name, Opened] => [name, new Map()]));
  const rows = noRows();
  const push = ({ table, after }: Adds): void => void (rows[table] as (typeof after)[]).push(after);
  return {
    rows,
    add(effect, at) {
      if (effect.table === 'none') return;
      if ('before' in effect) return supersede(opened.get(effect.table) as Opened, effect, at);
      if (effect.table !== 'plans') return push(effect);
      const { year, version } = effect.after;
      rows.plans.push({ year, version, ...at, document: JSON.stringify(effect.after) });
    },
    finish: () => ({
      ...rows,
      ...Object.fromEntries([...opened].map(([name, versions]) => [VERSIONED[name], [...versions.values()]])),
    }),
  };
}
