import type { Offsets } from '#schemas/position.ts';
import type { Touched } from '#schemas/touched.ts';

/** What the cache has to know of the projection. */
export type Progress = {
  /** How far the store reflects the stream. */
  offsets(): Offsets;
  /** Tells whose answers may differ since; `reset` = everything starts over. Called in the tick in which `offsets` moves. */
  subscribe(listener: (advance: { touched: Touched; reset: boolean }) => void): () => void;
  /** Events in quarantine. */
  quarantined(): number;
};
