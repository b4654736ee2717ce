import type { Day } from './dates.ts';
import type { Agenda } from './results/agenda.ts';
import type { RequirementRow, Standing } from './results/results.ts';

/**
 * Scores take a deadline's own day as over: what is not done by then counts as missed. Until that day ends it can still
 * be done, and no page says that it is too late. `today` as it is where the units are; other days are left alone.
 */
export const stillToday = <Row extends { status: string }>(row: Row, due: Day, today: Day): Row =>
  row.status === 'missed' && due === today ? { ...row, status: 'open' } : row;

function requirementToday(row: RequirementRow, today: Day): RequirementRow {
  const windows = row.windows.map((window) => stillToday(window, window.to, today));
  const isOpen = windows.some(({ status, to }) => status === 'open' && to === today);
  return isOpen ? { ...row, windows, due: today } : row;
}

/** Conditions stay: one that bars on this day is why the unit's row says that it is not eligible. */
export const standingToday = (standing: Standing, today: Day): Standing => ({
  ...standing,
  requirements: standing.requirements.map((row) => requirementToday(row, today)),
});

export const agendaToday = (agenda: Agenda, today: Day): Agenda => ({
  ...agenda,
  obligations: agenda.obligations.map((one) => (one.due === today ? { ...one, over: false } : one)),
});
