import { Problem } from './http/problem.ts';
import type { LiveDeps } from './live.ts';
import type { Reads } from './ports.ts';

/** Fits the questions (`queries/`, `board/`) to what the routes ask. */
export function createReads(_parts: object): { reads: Reads; liveRanking: LiveDeps['ranking'] } {
  const unanswered = async (): Promise<never> => {
    throw new Problem('not-found', 'There is no answer to this yet.');
  };
  return {
    reads: {
      ranking: unanswered,
      standing: unanswered,
      gaps: unanswered,
      units: unanswered,
      plan: unanswered,
      activities: unanswered,
      events: unanswered,
      quarantine: unanswered,
    },
    liveRanking: async () => undefined,
  };
}
