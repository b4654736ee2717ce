import { hash } from 'node:crypto';
import { ADMISSION_VERSION } from '#schemas/admission.ts';
import type { Description } from '../tables/columns.ts';
import { TABLES, VERSIONED } from '../tables/tables.ts';
import { STATE_TABLES } from './state.ts';

/**
 * Raised when the same events would make another state by the rules of `project/`, or pages are laid out otherwise;
 * `test/unit/stateRules.test.ts` fails until somebody has said whether they would.
 */
export const STATE_RULES = 5;

const KEPT = Object.values(VERSIONED);

const shapeOf = (description: object): string[] =>
  Object.entries(description as Description).map(([name, { codec }]) => `${name} ${codec.type}`);

/** What a state is made of, as one text. */
const shape = (tables: { readonly [T in (typeof KEPT)[number]]: object }): string =>
  JSON.stringify([
    STATE_RULES,
    ADMISSION_VERSION,
    STATE_TABLES,
    KEPT.map((table) => [table, shapeOf(tables[table])]),
  ]);

/**
 * Names what the state looks like: what is left by code with another name is dropped, and rebuilt from the stream.
 * A column that is added, moved, or of another type changes it by itself, and so do new rules of admission.
 */
export const formatOf = (tables: Parameters<typeof shape>[0]): string =>
  hash('sha256', shape(tables), 'hex').slice(0, 16);

export const STATE_FORMAT = formatOf(TABLES);
