import type { Plan, Requirement } from '#schemas/plan.ts';
import { WINDOWS } from '#schemas/tallies.ts';

/**
 * The ranking of a year as one question of SQL, on tables `units`, `targets` and clean current `activities`. Scores
 * are doubles here; equality with ours is checked to the fourth decimal.
 */

/** Where the peers' SQL differs. */
export type Dialect = {
  double: string;
  round(expression: string, digits: number): string;
  /** The value of the latest row of a group, by day and then position. */
  latest(column: string): string;
  /** What to select for all columns of an activity with its `month`. */
  withMonth: string;
};

export const DUCKDB: Dialect = {
  double: 'DOUBLE',
  round: (expression, digits) => `round(${expression}, ${digits})`,
  latest: (column) => `arg_max(${column}, (occurred, pos))`,
  withMonth: '*, month(occurred) AS month',
};

export const POSTGRES: Dialect = {
  double: 'double precision',
  // Only its exact numbers can be rounded to a place.
  round: (expression, digits) => `round((${expression})::numeric, ${digits})::double precision`,
  latest: (column) => `(array_agg(${column} ORDER BY occurred DESC, pos DESC))[1]`,
  // Kept as a column: taking it from the day row by row costs more than the rest of a row.
  withMonth: '*',
};

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

type Column = 'n' | 'led' | 'q';
const AGGREGATES: Record<Column, { sql: string; only?: string }> = {
  n: { sql: 'count(*)' },
  led: { sql: 'count(*)', only: 'led' },
  q: { sql: 'sum(quantity)' },
};

/** The windowed amount that a measure needs, and how many windows; undefined for measures without windows. */
function windowed({ measure }: Requirement): { column: Column; windows: number } | undefined {
  if (measure.type === 'count')
    return { column: measure.ledByHead ? 'led' : 'n', windows: WINDOWS[measure.per] };
  if (measure.type === 'sum') return { column: 'q', windows: WINDOWS[measure.per] };
  return undefined;
}

/** One filtered aggregate per column and window of the finest grid that the plan asks of that column. */
function windowColumns(plan: Plan): { sql: string; finest: Record<Column, number> } {
  const finest: Record<Column, number> = { n: 0, led: 0, q: 0 };
  for (const requirement of plan.requirements) {
    const needed = windowed(requirement);
    if (needed) finest[needed.column] = Math.max(finest[needed.column], needed.windows);
  }
  const columns = (Object.keys(finest) as Column[]).flatMap((column) =>
    Array.from({ length: finest[column] }, (_, index) => {
      const { sql, only } = AGGREGATES[column];
      const from = (index * 12) / finest[column] + 1;
      const to = ((index + 1) * 12) / finest[column];
      const filters = [
        ...(only ? [only] : []),
        ...(finest[column] === 1 ? [] : [`month BETWEEN ${from} AND ${to}`]),
      ];
      const filter = filters.length === 0 ? '' : ` FILTER (WHERE ${filters.join(' AND ')})`;
      return `${sql}${filter} AS ${column}${index}`;
    }),
  );
  return { sql: columns.join(', '), finest };
}

/** Every requirement is judged on the tallies of a unit and kind. */
function attainmentOf(
  requirement: Requirement,
  finest: Record<Column, number>,
  year: number,
  { double, latest }: Dialect,
): string {
  const { id, kind, measure } = requirement;
  const needed = windowed(requirement);
  const on = (expression: string): string =>
    `SELECT unit, ${text(id)} AS req, ${expression} AS att FROM t WHERE kind = ${text(kind)}`;
  if (needed) {
    const width = finest[needed.column] / needed.windows;
    const need =
      measure.type === 'sum' && measure.perMember
        ? `(${measure.atLeast} * team)`
        : `${(measure as { atLeast: number }).atLeast}`;
    const amounts = Array.from({ length: needed.windows }, (_, window) => {
      const cells = Array.from(
        { length: width },
        (_, index) => `coalesce(${needed.column}${window * width + index}, 0)`,
      );
      return `least((${cells.join(' + ')})::${double} / ${need}, 1)`;
    });
    return on(`(${amounts.join(' + ')}) / ${needed.windows}`);
  }
  switch (measure.type) {
    case 'coverage':
      return `SELECT unit, ${text(id)} AS req, least(count(DISTINCT m)::${double} / max(team) / ${measure.share}, 1) AS att
        FROM (SELECT unit, unnest(members) AS m FROM a WHERE kind = ${text(kind)}) AS met JOIN units USING (unit) GROUP BY unit`;
    case 'variety':
      return `SELECT unit, ${text(id)} AS req, least(count(DISTINCT form)::${double} / ${measure.atLeast}, 1) AS att FROM a
        WHERE kind = ${text(kind)} AND form IN (${measure.forms.map(text).join(',')}) GROUP BY unit`;
    case 'ratio':
      return on(`CASE WHEN due = 0 THEN 1 ELSE least(done::${double} / due, 1) END`);
    case 'milestone':
      return on(`CASE WHEN first <= DATE '${year}-${measure.by}' THEN 1 ELSE 0 END`);
    case 'appraisal':
      return on(`score::${double} / scored / 100`);
    case 'count':
    case 'sum':
      throw new Error(`${id} has windows, and is judged above`);
    case 'target':
      return `SELECT unit, ${text(id)} AS req, avg(CASE WHEN value IS NULL THEN 0
          WHEN direction = 'atLeast' THEN greatest(least(value::${double} / target, 1), 0)
          WHEN value <= target THEN 1 ELSE target::${double} / value END) AS att
        FROM targets LEFT JOIN (SELECT unit, indicator, ${latest('value')} AS value FROM a
          WHERE kind = ${text(kind)} AND indicator IS NOT NULL GROUP BY unit, indicator) AS latest USING (unit, indicator) GROUP BY unit`;
  }
}

export function rankingSql(plan: Plan, dialect: Dialect): string {
  const { double, round, withMonth } = dialect;
  const requirements = plan.requirements
    .map(({ id, criterion, points }) => `(${text(id)}, ${text(criterion)}, ${points}::${double})`)
    .join(',');
  const incidents = [
    ...plan.deductions.map(
      (d) =>
        `(${text(d.kind)}, ${text(d.criterion)}, ${d.points}::${double}, ${d.max}::${double}, NULL::${double})`,
    ),
    ...plan.vetoes.map((v) => `(${text(v.kind)}, NULL, 0, 0, ${v.cap}::${double})`),
  ].join(',');
  const windows = windowColumns(plan);
  return `WITH
    a AS NOT MATERIALIZED (SELECT ${withMonth} FROM activities WHERE state IN ('reported', 'verified')),
    tallies AS (SELECT unit, kind, count(*) AS n, ${windows.sql}, sum(due) AS due, sum(done) AS done,
      sum(score) AS score, count(score) AS scored, min(occurred) AS first FROM a GROUP BY unit, kind),
    t AS MATERIALIZED (SELECT tallies.*, team FROM tallies JOIN units USING (unit)),
    req(req, criterion, points) AS (VALUES ${requirements}),
    inc(kind, criterion, points, max, cap) AS (VALUES ${incidents}),
    crit(criterion, weight) AS (VALUES ${plan.criteria.map((c) => `(${text(c.id)}, ${c.weight}::${double})`).join(',')}),
    att AS (${plan.requirements.map((requirement) => attainmentOf(requirement, windows.finest, plan.year, dialect)).join(' UNION ALL ')}),
    hits AS MATERIALIZED (SELECT unit, inc.kind, criterion, least(n * points, max) AS minus, cap FROM t JOIN inc USING (kind)),
    sums AS (SELECT criterion, sum(points) AS all_points FROM req GROUP BY criterion),
    base AS (SELECT unit, criterion, sum(points * ${round('att', 6)}) AS won FROM att JOIN req USING (req) GROUP BY unit, criterion),
    minus AS (SELECT unit, criterion, sum(minus) AS minus FROM hits WHERE criterion IS NOT NULL GROUP BY unit, criterion),
    scores AS (SELECT units.unit, criterion, weight, ${round('greatest(100 * coalesce(won, 0) / all_points - coalesce(minus, 0), 0)', 4)} AS score
      FROM units CROSS JOIN sums JOIN crit USING (criterion) LEFT JOIN base USING (unit, criterion) LEFT JOIN minus USING (unit, criterion)),
    totals AS (SELECT unit, ${round('sum(weight * score) / sum(weight)', 4)} AS free, ${plan.criteria.map((c) => `max(score) FILTER (WHERE criterion = ${text(c.id)}) AS "${c.id}"`).join(', ')} FROM scores GROUP BY unit),
    caps AS (SELECT unit, min(cap) AS cap FROM hits WHERE cap IS NOT NULL GROUP BY unit),
    capped AS (SELECT totals.*, least(free, coalesce(cap, 100)) AS total FROM totals LEFT JOIN caps USING (unit))
    SELECT unit, name, grp AS "group", rank() OVER (ORDER BY total DESC) AS rank,
      rank() OVER (PARTITION BY grp ORDER BY total DESC) AS "groupRank", total, free AS "totalWithoutVeto", ${plan.criteria.map((c) => `"${c.id}"`).join(', ')}
    FROM capped JOIN units USING (unit) ORDER BY rank, unit`;
}
