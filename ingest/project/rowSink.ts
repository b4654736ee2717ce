import {
  type ActivityVersion,
  noRows,
  type Rows,
  type SelfInspectionVersion,
  type TargetVersion,
  type UnitVersion,
} from '../tables/tables.ts';
import type { Effect, Moment } from './effect.ts';

type Version = { fromPos: number; closedBy: number; recordedTo: number };

/** The rows of one batch. A version that is opened and closed within it is written once, closed. */
export type RowSink = { add(effect: Effect, at: Moment): void; rows: Rows };

/** Versions by the event that opened them: it opens one at most. */
type Opened<V> = Map<number, V>;

function supersede<V extends Version>(into: Opened<V>, before: V | undefined, after: V, at: Moment): void {
  if (before) into.set(before.fromPos, { ...before, closedBy: at.position, recordedTo: at.recordedAt });
  into.set(after.fromPos, after);
}

export function createRowSink(): RowSink & { finish(): Rows } {
  const units: Opened<UnitVersion> = new Map();
  const activities: Opened<ActivityVersion> = new Map();
  const targets: Opened<TargetVersion> = new Map();
  const inspections: Opened<SelfInspectionVersion> = new Map();
  const rows = noRows();
  return {
    rows,
    add(effect, at) {
      switch (effect.table) {
        case 'activities':
          return supersede(activities, effect.before, effect.after, at);
        case 'units':
          return supersede(units, effect.before, effect.after, at);
        case 'targets':
          return supersede(targets, effect.before, effect.after, at);
        case 'selfInspections':
          return supersede(inspections, effect.before, effect.after, at);
        case 'plans': {
          const { year, version } = effect.after;
          rows.plans.push({
            year,
            version,
            position: at.position,
            recordedAt: at.recordedAt,
            document: JSON.stringify(effect.after),
          });
          return;
        }
        case 'freezes':
          rows.freezes.push(effect.after);
          return;
        case 'awards':
          rows.awards.push(effect.after);
          return;
        case 'none':
          return;
        default:
          effect satisfies never;
      }
    },
    finish: () => ({
      ...rows,
      activity_versions: [...activities.values()],
      unit_versions: [...units.values()],
      target_versions: [...targets.values()],
      self_inspections: [...inspections.values()],
    }),
  };
}
