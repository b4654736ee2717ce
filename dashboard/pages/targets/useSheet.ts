import { computed, type Ref, shallowRef } from 'vue';
import type { TargetRow } from '#schemas/results/register.ts';
import {
  cellKey,
  cellTextOf,
  type Direction,
  type Edit,
  judgeEdits,
  parseCell,
  usualDirections,
} from './cells.ts';

type State = { edits: ReadonlyMap<string, Edit>; directions: ReadonlyMap<string, Direction> };

const BLANK: State = { edits: new Map(), directions: new Map() };
const STEPS_KEPT = 50;

/** The texts that somebody wrote over the targets that stand, with every step to be undone. */
export function useSheet(targets: Ref<readonly TargetRow[]>) {
  const state = shallowRef<State>(BLANK);
  const past = shallowRef<readonly State[]>([]);

  const standing = computed(
    () => new Map(targets.value.map((one) => [cellKey(one.unit, one.indicator), one])),
  );
  const usual = computed(() => usualDirections(targets.value));
  const directionOf = (indicator: string): Direction =>
    state.value.directions.get(indicator) ?? usual.value.get(indicator) ?? 'atLeast';
  const textOf = (unit: string, indicator: string): string => {
    const key = cellKey(unit, indicator);
    const edit = state.value.edits.get(key);
    if (edit) return edit.text;
    const now = standing.value.get(key);
    return now ? cellTextOf(now, directionOf(indicator)) : '';
  };
  const judged = computed(() => judgeEdits(state.value.edits.values(), standing.value, directionOf));

  function become(next: State): void {
    past.value = [...past.value, state.value].slice(-STEPS_KEPT);
    state.value = next;
  }
  function write(edits: readonly Edit[]): void {
    const others = edits.filter(({ unit, indicator, text }) => textOf(unit, indicator) !== text);
    if (others.length === 0) return;
    const next = new Map(state.value.edits);
    for (const edit of others) next.set(cellKey(edit.unit, edit.indicator), edit);
    become({ ...state.value, edits: next });
  }
  /** All targets of an indicator go that way from now on. */
  function turn(indicator: string, direction: Direction, units: readonly string[]): void {
    const edits = new Map(state.value.edits);
    for (const unit of units) {
      const parsed = parseCell(textOf(unit, indicator), directionOf(indicator));
      if (parsed.is === 'target')
        edits.set(cellKey(unit, indicator), { unit, indicator, text: String(parsed.target) });
    }
    become({ edits, directions: new Map(state.value.directions).set(indicator, direction) });
  }
  function undo(): void {
    const last = past.value.at(-1);
    if (!last) return;
    past.value = past.value.slice(0, -1);
    state.value = last;
  }
  /** What was saved stands now, or what was written is not wanted. */
  function clear(): void {
    state.value = BLANK;
    past.value = [];
  }
  return {
    standing,
    textOf,
    directionOf,
    judged,
    write,
    turn,
    undo,
    clear,
    canUndo: computed(() => past.value.length > 0),
  };
}
