import type { Params } from './params.ts';

/**
 * Years that have come to rest. FINAL compares neighbouring rows wherever they lie, also where a year is one merged part
 * and has no row twice: a third of what a scan of two million activities takes. So a question about such a year is asked
 * without it. Only where this process is the only one that writes: nothing may be inserted from before the parts are looked
 * at until the answer is there.
 */

type Run = (sql: string, params: Params) => Promise<Buffer>;

export type Rested = {
  /** The same answer as `run` gives. */
  read: Run;
  /** Does what may change a table. */
  writing<T>(work: () => Promise<T>): Promise<T>;
};

/** The only scans that are meant: a year's, whatever else they ask. */
const OF_A_YEAR =
  /(\bactivity_versions) FINAL(?=\s+(?:PREWHERE\s[^\n]+\n\s*)?WHERE\s+year = \{year:UInt16\} AND\s)/g;

/** A part that an insert has left may hold a row twice, so that one that was merged is asked for. */
const PARTS = `
  SELECT partition FROM system.parts
  WHERE active AND database = currentDatabase() AND table = 'activity_versions'
  GROUP BY partition
  HAVING count() = 1 AND min(level) > 0
  FORMAT TabSeparated`;

/** So long after the last write nobody looks: parts are not merged at once. */
const QUIET_MS = 2_000;
/** As long as a year has not been merged it is looked for again, but not by every question. */
const AGAIN_MS = 1_000;

export function createRested(run: Run, quietMs = QUIET_MS, again = AGAIN_MS): Rested {
  let writers = 0;
  let writes = 0;
  let wrote = Number.NEGATIVE_INFINITY;
  let looked: { writes: number; at: number; years: ReadonlySet<string> } | undefined;

  async function isAtRest(year: string): Promise<boolean> {
    const now = performance.now();
    if (looked?.writes === writes && (looked.years.has(year) || now - looked.at < again))
      return looked.years.has(year);
    if (now - wrote < quietMs) return false;
    const seen = writes;
    const years = (await run(PARTS, {})).toString('utf8').split('\n');
    if (writers > 0 || writes !== seen) return false;
    looked = { writes, at: now, years: new Set(years) };
    return looked.years.has(year);
  }

  return {
    async read(sql, params) {
      const { year } = params;
      const plain = typeof year === 'number' ? sql.replace(OF_A_YEAR, '$1') : sql;
      if (plain !== sql && writers === 0 && (await isAtRest(String(year)))) {
        const seen = writes;
        const answer = await run(plain, params);
        if (writers === 0 && writes === seen) return answer;
      }
      return run(sql, params);
    },
    async writing(work) {
      writers++;
      try {
        return await work();
      } finally {
        writers--;
        writes++;
        wrote = performance.now();
      }
    },
  };
}
