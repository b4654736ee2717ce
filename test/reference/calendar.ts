// Days are texts YYYY-MM-DD, which compare as texts.
export type Per = 'year' | 'half' | 'quarter' | 'month';
export type Span = { label: string; from: string; to: string };

const two = (value: number) => String(value).padStart(2, '0');

export function lastDayOfMonth(year: number, month: number): string {
  return `${year}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;
}

export const lastDayOfYear = (year: number) => `${year}-12-31`;

export function windowsOf(year: number, per: Per): Span[] {
  const count = { year: 1, half: 2, quarter: 4, month: 12 }[per];
  const months = 12 / count;
  return Array.from({ length: count }, (_, index) => {
    const label = {
      year: '',
      half: `-H${index + 1}`,
      quarter: `-Q${index + 1}`,
      month: `-${two(index + 1)}`,
    }[per];
    return {
      label: `${year}${label}`,
      from: `${year}-${two(index * months + 1)}-01`,
      to: lastDayOfMonth(year, (index + 1) * months),
    };
  });
}

export function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Making a formatter takes a hundred times as long as using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', ...parts });
  clocks.set(timeZone, clock);
  return clock;
}

/** The calendar day on which an instant falls in a time zone. */
export function dayIn(timezone: string, instant: number): string {
  const parts = clockOf(timezone).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return `${String(read('year')).padStart(4, '0')}-${two(read('month'))}-${two(read('day'))}`;
}

export function isTimezone(value: unknown): boolean {
  try {
    return typeof value === 'string' && clockOf(value) !== null;
  } catch {
    return false;
  }
}
