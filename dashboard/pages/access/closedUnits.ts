import type { Day } from '#schemas/dates.ts';
import type { UnitRow } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';

/** Whether a unit is dissolved: it has nothing more to report. */
export const isClosed = ({ closedOn }: Pick<UnitRow, 'closedOn'>, today: Day): boolean =>
  closedOn !== null && closedOn <= today;

/** The units as a list offers them: what is dissolved says so. */
export const offered = (words: Words, units: readonly UnitRow[], today: Day): UnitRow[] =>
  units.map((row) =>
    isClosed(row, today)
      ? {
          ...row,
          name: words.say('access.unitClosed', { unit: row.name, day: words.fullDay(row.closedOn ?? today) }),
        }
      : row,
  );
