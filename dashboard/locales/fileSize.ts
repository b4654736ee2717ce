import { pointsText } from '#schemas/presentation/numbers.ts';

const STEP = 1024;
const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** A size as people read it: `512 B`, `83 KB`, `1.4 MB`. Whole below a megabyte. */
export function fileSize(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  const decimals = unit < 2 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${pointsText(value, decimals)}\u00a0${UNITS[unit]}`;
}
