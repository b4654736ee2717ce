import type { Day } from '../../dates.ts';
import { MARK_KINDS, type Mark, type MarkKind } from '../../results/marks.ts';

/** Whether a trend is seen with what is known now, or with what was known then. */
export type Known = 'now' | 'then';

/** As known then, something is there from its record on; as known now, from its day on. */
export const markDay = (mark: Pick<Mark, 'on' | 'recordedOn'>, known: Known): Day =>
  known === 'then' ? mark.recordedOn : mark.on;

/** The marks of one kind at one of the days of a trend: the first that could show what they did. */
export type MarkSpot = { kind: MarkKind; slot: number; count: number; marks: Mark[] };

/**
 * In the order of the kinds, then of the days. What came after the last day stands there, or `apart` in a place of its
 * own behind it, where a place is named by its month and what stands there is counted.
 */
export function markSpots(
  marks: readonly Mark[],
  days: readonly Day[],
  known: Known,
  after: 'there' | 'apart' = 'there',
): MarkSpot[] {
  if (days.length === 0) return [];
  const last = after === 'apart' ? days.length : days.length - 1;
  const slotOf = (mark: Mark): number => {
    const found = days.findIndex((day) => day >= markDay(mark, known));
    return found < 0 ? last : found;
  };
  const spots = new Map<string, MarkSpot>();
  for (const kind of MARK_KINDS)
    for (const mark of marks.filter((one) => one.kind === kind)) {
      const slot = slotOf(mark);
      const spot = spots.get(`${kind} ${slot}`) ?? { kind, slot, count: 0, marks: [] };
      spot.count += mark.count;
      spot.marks.push(mark);
      spots.set(`${kind} ${slot}`, spot);
    }
  return [...spots.values()].sort(
    (a, b) => MARK_KINDS.indexOf(a.kind) - MARK_KINDS.indexOf(b.kind) || a.slot - b.slot,
  );
}

/** More days of a kind than these are told by the first and the last. */
const MOST_DAYS = 6;

/** What a caption says of one kind: how many, and when; of many the first and the last day. */
export type MarkFact = {
  kind: MarkKind;
  count: number;
  days: { day: Day; marks: Mark[] }[];
  /** Only the ends are in `days`. */
  range: boolean;
};

/** Marks of one kind by their days; late reports by the month. */
export function marksByDay(marks: readonly Mark[], known: Known): MarkFact['days'] {
  const days = new Map<Day, Mark[]>();
  for (const mark of marks) {
    const own = markDay(mark, known);
    const day = mark.kind === 'late' ? `${own.slice(0, 7)}-01` : own;
    const there = days.get(day);
    if (there) there.push(mark);
    else days.set(day, [mark]);
  }
  return [...days]
    .map(([day, of]) => ({ day, marks: of }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

export function markFacts(marks: readonly Mark[], known: Known): MarkFact[] {
  return MARK_KINDS.flatMap((kind): MarkFact[] => {
    const found = marks.filter((mark) => mark.kind === kind);
    if (found.length === 0) return [];
    const byDay = marksByDay(found, known);
    const range = byDay.length > MOST_DAYS;
    const days = range ? [...byDay.slice(0, 1), ...byDay.slice(-1)] : byDay;
    return [{ kind, count: found.reduce((sum, { count }) => sum + count, 0), days, range }];
  });
}
