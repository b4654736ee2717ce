/** One line of the benchmark's table: ours beside a peer measured in the same run, or beside a limit. */
export type BenchRow = {
  name: string;
  ours: number;
  unit: string;
  peerName: string;
  /** Null, with ratio and met, where the peer is not there; `goal` tells why. */
  peer: number | null;
  ratio: number | null;
  goal: string;
  met: boolean | null;
  /** What was measured beside it. */
  more?: Record<string, number>;
};

export const rounded = (value: number): number =>
  value >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;

type Measured = { name: string; ours: number; unit: string; peerName: string; peer: number };

/** Ours may be at most `most` × the peer. */
export const atMost = (row: Measured, most: number): BenchRow =>
  finish(row, `≤ ${most} ×`, row.ours <= most * row.peer);

/** Ours must be at least `least` × the peer. */
export const atLeast = (row: Measured, least: number): BenchRow =>
  finish(row, `≥ ${least} ×`, row.ours >= least * row.peer);

const finish = (row: Measured, goal: string, met: boolean): BenchRow => ({
  ...row,
  ours: rounded(row.ours),
  peer: rounded(row.peer),
  ratio: rounded(row.ours / row.peer),
  goal,
  met,
});

/** A peer that is not there: nothing is compared, so nothing is met, and the row says why. */
export const skipped = (row: Omit<Measured, 'peer'>, why: string): BenchRow => ({
  ...row,
  ours: rounded(row.ours),
  peer: null,
  ratio: null,
  goal: `skipped: ${why}`,
  met: null,
});

const MET: Record<string, string> = { true: 'yes', false: 'NO', null: '–' };

/** The rows as an aligned table for people. */
export function tableOf(rows: readonly BenchRow[]): string {
  const head = ['what', 'ours', 'unit', 'beside', 'theirs', 'ratio', 'goal', 'met'];
  const lines = rows.map(({ name, ours, unit, peerName, peer, ratio, goal, met }) =>
    [name, ours, unit, peerName, peer ?? '–', ratio ?? '–', goal, MET[String(met)] ?? ''].map(String),
  );
  const widths = head.map((text, index) =>
    Math.max(text.length, ...lines.map((line) => line[index]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How long `action` took, ms, and what it gave. */
export async function timed<T>(action: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await action();
  return { ms: performance.now() - start, value };
}

/** The value that a share of the values does not exceed (nearest rank). */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(Math.ceil(values.length * share) - 1, 0)] ?? Number.NaN;
