import { noPlan } from '#api/answers/asked.ts';
import { countQuarantine } from '#api/queries/quarantine.ts';
import { rankedUnits } from '#api/queries/rankedUnits.ts';
import type { SealPreview } from '#schemas/freezes.ts';
import { formatWatermark } from '#schemas/position.ts';
import { countSealed } from './ledger.ts';
import { planIn } from './rows.ts';
import type { VaultParts } from './vault.ts';

type PreviewParts = Pick<VaultParts, 'ask' | 'offsets'> & { now?: (() => number) | undefined };

/** What a seal made now would hold, counted as the seal itself counts. */
export const createPreview =
  ({ ask, offsets, now = Date.now }: PreviewParts) =>
  async (year: number): Promise<SealPreview> => {
    const snapshot = { offsets: offsets(), asOf: now() };
    const plan = await planIn(ask, year, snapshot);
    if (!plan) throw noPlan(year);
    const [events, units, quarantined] = await Promise.all([
      countSealed(ask, snapshot),
      rankedUnits(ask, { year, snapshot }),
      countQuarantine(ask, { ...snapshot, asOf: null }),
    ]);
    return {
      plan: { year, version: plan.version },
      units: units.length,
      events,
      quarantined,
      watermark: formatWatermark(snapshot.offsets),
    };
  };
