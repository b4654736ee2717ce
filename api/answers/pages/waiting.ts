import type { Ask } from '#api/queries/ask.ts';
import { countByUnit, type InboxCount } from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { type ByUnit, createByUnit } from './byUnit.ts';

/** A year, and the kinds of activity that are asked for; all of them where it is undefined. */
export type WaitingIn = { year: number; kinds: readonly string[] | undefined };

/** How much waits for a decision in each unit. */
export type Waiting = ByUnit<WaitingIn, InboxCount>;

/** Of one year those of the department, of some reviewers, and of filters by kind. */
const SCOPES_KEPT = 16;

export const createWaiting = (ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Waiting =>
  createByUnit(progress, SCOPES_KEPT, ({ year, kinds }: WaitingIn, offsets, units) =>
    countByUnit(ask, { snapshot: { offsets, asOf: null }, year, kinds, units }),
  );
