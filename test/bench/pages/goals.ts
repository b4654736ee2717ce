import type { Goal } from './questions.ts';

/** What is asked of start, documents and memory; limits in ms hold where DuckDB answers in `DUCKDB_MS`. */

export const DUCKDB_MS = 900;
export const START_MS = 2_000;
export const STALL_MS = 50;
/** Above what the server holds at rest. */
export const DOCUMENT_MIB = 400;
/** Resident, once every page was visited and every document made. */
export const ALL_MIB = 1_228;

/** A document's limit for a zone of 50 units and for one of 10,000, ms; between them it grows with the units. */
type Limits = readonly [few: number, many: number];

const FEW = 50;
const MANY = 10_000;

export function documentGoal([few, many]: Limits, units: number): Goal {
  const share = Math.min(Math.max((units - FEW) / (MANY - FEW), 0), 1);
  const ms = few + (many - few) * share;
  return { first: ms, again: ms };
}

const PICTURES = { svg: [500, 500], png: [500, 500] } as const;

/** By document and format; what has none here fails the suite. */
export const DOCUMENT_LIMITS: Readonly<Record<string, Readonly<Record<string, Limits>>>> = {
  ranking: {
    csv: [500, 1_000],
    xlsx: [500, 5_000],
    docx: [1_000, 1_000],
    pptx: [500, 500],
    pdf: [1_000, 8_000],
    ...PICTURES,
  },
  gaps: {
    csv: [500, 1_000],
    xlsx: [500, 4_000],
    docx: [1_000, 1_000],
    pptx: [500, 500],
    pdf: [1_000, 8_000],
    ...PICTURES,
  },
  meeting: {
    xlsx: [500, 5_000],
    docx: [1_000, 1_000],
    pptx: [500, 500],
    pdf: [1_000, 8_000],
    ...PICTURES,
  },
  unit: {
    csv: [500, 1_000],
    xlsx: [500, 1_000],
    docx: [1_000, 1_000],
    pdf: [1_000, 1_000],
    ...PICTURES,
  },
};
