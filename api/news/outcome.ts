import type { DeliveryFault } from '#schemas/results/news.ts';

/**
 * What became of an attempt. `again`: it has certainly not arrived, and may later; `away`: nobody can be reached
 * there now, so that others need not be tried. `uncertain`: it may have arrived.
 */
export type Outcome =
  | { state: 'sent' }
  | { state: 'again'; fault: DeliveryFault; away?: boolean }
  | { state: 'failed'; fault: DeliveryFault }
  | { state: 'uncertain'; fault: DeliveryFault };

/** Writes down that the message is about to go out. False: somebody else has taken over, so that it must not. */
export type Mark = () => Promise<boolean>;

const SAID = 300;
export const fault = (why: DeliveryFault['why'], said = ''): DeliveryFault => ({
  why,
  said: said.replaceAll(/\s+/g, ' ').trim().slice(0, SAID),
});
