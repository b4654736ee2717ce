import { QueryCache, QueryClient } from '@tanstack/vue-query';
import { ApiProblem } from './client.ts';

const PATIENCE = 3;

/** What may pass by itself is asked again: no connection, or a busy server. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status === 503 || error.status === 429);

let onExpired: (() => void) | undefined;

/** Called when a page is refused because nobody is signed in any more. */
export const whenSessionExpires = (handler: () => void): void => {
  onExpired = handler;
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 401) onExpired?.();
    },
  }),
  defaultOptions: {
    queries: {
      // Live updates invalidate what has changed; until then an answer is good.
      staleTime: 30_000,
      // Answers are replaced, never changed: watching each field of ten thousand rows would only cost.
      shallow: true,
      retry: (failures, error) => failures < PATIENCE && navigator.onLine && isPassing(error),
      // Without a network a question fails at once, and its page says so: one that waits in silence would leave the
      // answer to the question before under filters that it was not given for.
      networkMode: 'always',
      refetchOnReconnect: true,
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 15_000),
    },
  },
});
