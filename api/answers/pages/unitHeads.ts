import type { Ask } from '#api/queries/ask.ts';
import { type UnitHead, unitHeads } from '#api/queries/register.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { createByUnit } from './byUnit.ts';

/** What all units are called, and their groups, as they stand. */
export type UnitHeads = {
  at(): Promise<{
    /** Who is not registered goes by the id. */
    headOf(unit: string): UnitHead;
    ofGroup(group: string): ReadonlySet<string>;
  }>;
};

export function createUnitHeads(ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): UnitHeads {
  const find = (_: null, offsets: readonly number[], units: readonly string[] | undefined) =>
    unitHeads(ask, { snapshot: { offsets, asOf: null }, units });
  const kept = createByUnit(progress, 1, find, 'profiles');
  return {
    async at() {
      const { byUnit } = await kept.at(null);
      return {
        headOf: (unit) => byUnit.get(unit)?.[0] ?? { unit, name: unit, group: '' },
        ofGroup: (group) =>
          new Set([...byUnit.values()].flat().flatMap((head) => (head.group === group ? [head.unit] : []))),
      };
    },
  };
}
