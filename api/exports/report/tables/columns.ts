import type { ColumnKind, Heading } from '#schemas/presentation/table.ts';

/** Shorthand for columns. */

export const text = (id: string, heading: string, width: number, more: Partial<Heading> = {}): Heading => ({
  id,
  heading,
  kind: 'text',
  width,
  ...more,
});

export const whole = (id: string, heading: string, width = 7): Heading => ({
  id,
  heading,
  kind: 'number',
  decimals: 0,
  width,
});

export const points = (id: string, heading: string, width = 9): Heading => ({
  id,
  heading,
  kind: 'number',
  decimals: 2,
  width,
});

export const share = (id: string, heading: string, width = 9): Heading => ({
  id,
  heading,
  kind: 'share' satisfies ColumnKind,
  width,
});

export const date = (id: string, heading: string, width = 12): Heading => ({
  id,
  heading,
  kind: 'day',
  width,
  centred: true,
});
