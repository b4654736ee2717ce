import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Ask } from './ask.ts';
import { pagesOf } from './pageBytes.ts';
import { type SelfInspection, selfInspectionCriteria } from './selfInspection.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const LATEST = select(TABLES.self_inspections, ['unit', 'recordedFrom', 'criteria']);

const SIZES = (conditions: string): string => `
  SELECT unit, length(criteria) + 200 AS bytes
  FROM self_inspections FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit`;

const ROWS = (conditions: string): string => `
  SELECT ${LATEST.columns}
  FROM self_inspections FINAL
  WHERE year = {year:UInt16} AND unit >= {first:String} AND unit <= {last:String} AND ${conditions}
  ORDER BY unit`;

const size = z.object({ unit: z.string(), bytes: z.int() });

/** Letters of a text that an answer about all units shows; a unit's own page has all of it. */
const EXCERPT = 300;
const excerpt = (text: string): string =>
  text.length > EXCERPT ? `${text.slice(0, EXCERPT).replace(/[\ud800-\udbff]$/, '')}…` : text;

function excerpted(criteria: SelfInspection['criteria']): SelfInspection['criteria'] {
  return Object.fromEntries(
    Object.entries(criteria).map(([id, { selfScore, shortcomings, remedies }]) => [
      id,
      { selfScore, shortcomings: excerpt(shortcomings), remedies: excerpt(remedies) },
    ]),
  );
}

/** Every unit's self-inspection for a year as it stands: the latest of each, its texts cut to their beginning. */
export async function selfInspectionsOf(
  ask: Ask,
  { snapshot, year }: { snapshot: Snapshot; year: number },
): Promise<(SelfInspection & { unit: string })[]> {
  const { sql, params } = versionsIn(snapshot);
  const found: (SelfInspection & { unit: string })[] = [];
  for (const page of pagesOf(await ask.query(size, SIZES(sql), { ...params, year }))) {
    const [first = '', last = ''] = [page[0]?.unit, page.at(-1)?.unit];
    for (const { unit, recordedFrom, criteria } of await ask.query(LATEST.row, ROWS(sql), {
      ...params,
      year,
      first,
      last,
    }))
      found.push({
        unit,
        recordedAt: recordedFrom,
        criteria: excerpted(selfInspectionCriteria.parse(JSON.parse(criteria))),
      });
  }
  return found;
}
