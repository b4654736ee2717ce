import { noPlan } from '#api/answers/asked.ts';
import { rankedUnits } from '#api/queries/rankedUnits.ts';
import type { SealPreview } from '#schemas/freezes.ts';
import { formatWatermark } from '#schemas/position.ts';
import { handledQuarantine, type Quarantined } from './handledQuarantine.ts';
import { countSealed } from './ledger.ts';
import { planIn } from './rows.ts';
import type { VaultParts } from './vault.ts';

type PreviewParts = Pick<VaultParts, 'ask' | 'offsets'> &
  Pick<Quarantined, 'handled'> & { now?: (() => number) | undefined };

/** What a seal made now would hold, counted as the seal itself counts. */
export const createPreview =
  ({ ask, offsets, handled, now = Date.now }: PreviewParts) =>
  async (year: number): Promise<SealPreview> => {
    const snapshot = { offsets: offsets(), asOf: now() };
    const plan = await planIn(ask, year, snapshot);
    if (!plan) throw noPlan(year);
    const [events, units, { waiting, setAside }] = await Promise.all([
      countSealed(ask, snapshot),
      rankedUnits(ask, { year, snapshot }),
      handledQuarantine({ ask, handled }, snapshot),
    ]);
    return {
      plan: { year, version: plan.version },
      units: units.length,
      events,
      quarantined: waiting,
      setAside: setAside.length,
      watermark: formatWatermark(snapshot.offsets),
    };
  };
