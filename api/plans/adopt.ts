import { wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import type { Intake, Projection } from '#api/ports.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { ORGANISATION, ZONE } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Receipt } from '#schemas/results/results.ts';

/** How long a write waits until reads show it; the write stands in any case. */
const VISIBLE_MS = 5_000;

/** Adopts a plan; resolves once reads show it. Throws a `Problem` where another stands under its version. */
export type Adopt = (document: Plan, signal?: AbortSignal) => Promise<Receipt | undefined>;

/** The one door by which a plan is adopted, whether it is written on the page, sent by a program or filled in as a workbook. */
export function createAdopt({
  intake,
  projection,
}: {
  intake: Pick<Intake, 'submit'>;
  projection: Pick<Projection, 'reached'>;
}): Adopt {
  return async (document, signal) => {
    // The id says year and version, so that the same plan twice is there already and another under the same version a conflict.
    const event = {
      specversion: '1.0',
      id: `plan-${document.year}-${document.version}`,
      source: ORGANISATION,
      subject: ZONE,
      type: 'plan.adopted',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: JSON.parse(canonicalJson(document)) as unknown,
    };
    const [receipt] = await intake.submit([event], { role: 'organisation' });
    if (receipt?.status === 'conflict')
      throw new Problem('conflict', receipt.problem ?? 'The version must be greater than those adopted.');
    if (receipt?.status === 'rejected')
      throw new Problem('invalid', receipt.problem ?? 'The plan breaks rules.', { errors: receipt.faults });
    const wanted = receipt?.position === undefined ? undefined : wantedOffsets(receipt.position);
    if (wanted) await projection.reached(wanted, VISIBLE_MS, signal);
    return receipt;
  };
}
