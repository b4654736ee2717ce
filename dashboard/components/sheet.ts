import type { Written } from '#schemas/presentation/separated.ts';
import type { Cell } from '#schemas/presentation/table.ts';

/** A plain table: what a chart shows, for reading, copying and saving. */
export type Sheet = { head: readonly string[]; body: readonly (readonly Cell[])[] };

/** As it is written to files and the clipboard. */
export const written = ({ head, body }: Sheet, mark?: string): Written => ({
  columns: head.map((heading) => ({ heading, kind: 'number' as const })),
  rows: body.map((row) => [...row]),
  mark,
});
