import { nextTick, type Ref, ref, shallowRef } from 'vue';
import { blockOf, type Cell, type Edit, pasted } from './cells.ts';

type Place = { row: number; column: number };
type Field = Place & { input: HTMLInputElement };

/** The field of a cell, told by `data-row` and `data-column`. */
const fieldOf = (target: EventTarget | null): Field | null => {
  if (!(target instanceof HTMLInputElement) || target.dataset.row === undefined) return null;
  return { row: Number(target.dataset.row), column: Number(target.dataset.column), input: target };
};

/** Left and right move only from the edge of what is written, so that a number can be corrected in its middle. */
const STEPS: Record<string, (input: HTMLInputElement) => readonly [number, number] | null> = {
  ArrowUp: () => [-1, 0],
  ArrowDown: () => [1, 0],
  Enter: () => [1, 0],
  ArrowLeft: ({ selectionStart }) => (selectionStart === 0 ? [0, -1] : null),
  ArrowRight: ({ selectionEnd, value }) => (selectionEnd === value.length ? [0, 1] : null),
};

/**
 * The hand in the sheet: arrow keys and Enter move, Escape takes back, a block is pasted from the cell that has the
 * focus. Handlers for the element that holds the fields; `at` is the cell that has the focus, `held` that which had it
 * last.
 */
export function useSheetKeys(
  body: Ref<HTMLElement | null>,
  sheet: {
    units: () => readonly string[];
    indicators: () => readonly string[];
    textOf: (unit: string, indicator: string) => string;
    write(edits: Edit[]): void;
    /** Told after a block was written: cells of it, and cells that had no place. */
    pasted(count: number, over: number): void;
  },
) {
  const at = ref<Place | null>(null);
  const held = shallowRef<Cell | null>(null);

  const editAt = ({ row, column }: Place, text: string): Edit => ({
    unit: sheet.units()[row] ?? '',
    indicator: sheet.indicators()[column] ?? '',
    text,
  });
  const writtenIn = (place: Place): string => {
    const { unit, indicator } = editAt(place, '');
    return sheet.textOf(unit, indicator);
  };
  const commit = (field: Field): void => {
    const text = field.input.value.trim();
    if (text !== writtenIn(field)) sheet.write([editAt(field, text)]);
  };

  async function go(row: number, column: number): Promise<void> {
    if (row < 0 || column < 0 || row >= sheet.units().length || column >= sheet.indicators().length) return;
    await nextTick();
    const input = body.value?.querySelector<HTMLInputElement>(`[data-row="${row}"][data-column="${column}"]`);
    input?.focus();
    input?.select();
  }

  function onKey(event: KeyboardEvent): void {
    const field = fieldOf(event.target);
    if (!field || event.isComposing) return;
    if (event.key === 'Escape') {
      field.input.value = writtenIn(field);
      field.input.select();
      return;
    }
    const step = STEPS[event.key]?.(field.input);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    commit(field);
    void go(
      field.row + (event.key === 'Enter' && event.shiftKey ? -step[0] : step[0]),
      field.column + step[1],
    );
  }

  function onChange(event: Event): void {
    const field = fieldOf(event.target);
    if (field) commit(field);
  }

  function onFocus(event: FocusEvent): void {
    const field = fieldOf(event.target);
    at.value = field && { row: field.row, column: field.column };
    if (field) {
      const { unit, indicator } = editAt(field, '');
      held.value = { unit, indicator };
    }
    field?.input.select();
  }

  function onPaste(event: ClipboardEvent): void {
    const field = fieldOf(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // A single value goes where the caret is, as anywhere.
    if (!field || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const { edits, over } = pasted(blockOf(text), field, {
      units: sheet.units(),
      indicators: sheet.indicators(),
    });
    sheet.write(edits);
    sheet.pasted(edits.length, over);
  }

  return { at, held, onKey, onChange, onFocus, onPaste };
}
