import { wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import type { Intake, Projection, Reads } from '#api/ports.ts';
import type { Fault } from '#schemas/admission.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { dayIn } from '#schemas/dates.ts';
import { ORGANISATION, ZONE } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import { findingKey, isUnmeetable, type PlanFinding, planFindings } from '#schemas/planFindings.ts';
import type { Unmeetable } from '#schemas/results/imports.ts';
import type { Receipt } from '#schemas/results/results.ts';

/** How long a write waits until reads show it; the write stands in any case. */
const VISIBLE_MS = 5_000;

/**
 * Adopts a plan; resolves once reads show it. Throws a `Problem` where another stands under its version, and where
 * nobody could meet it, but for findings that `despite` names as meant.
 */
export type Adopt = (
  document: Plan,
  options?: { signal?: AbortSignal; despite?: readonly string[] },
) => Promise<Receipt | undefined>;

const SENTENCES: Partial<Record<PlanFinding['code'], string>> = {
  'asked-and-punished': 'what it asks for is held against units elsewhere in the plan',
  'no-activity': 'it asks for the self-inspection, which is no activity',
  contradicts: 'another requirement says the opposite of units that report nothing of the kind',
  'day-is-over': 'its day is new in this version and over already',
};

/** What is wrong with a finding's item, in words. */
function faultOf(finding: PlanFinding): Fault {
  const other = 'other' in finding ? ` (${finding.other})` : '';
  const message = `${SENTENCES[finding.code] ?? finding.code}${other}`;
  return { field: `${finding.list}.${finding.id}`, message };
}

/** What nobody could meet in a draft that would be adopted today. */
export function unmeetableIn(draft: Plan, adopted: Plan | null, now: number): Unmeetable[] {
  const found = planFindings(draft, { adopted, today: dayIn(draft.timezone, now) });
  return found.filter(isUnmeetable).map((one) => ({ finding: findingKey(one), ...faultOf(one) }));
}

/** A plan that nobody could meet is refused in words, until whoever adopts it says that it is meant. */
function refuseUnmeetable(found: readonly Unmeetable[], despite: readonly string[]): void {
  const left = found.filter(({ finding }) => !despite.includes(finding));
  if (left.length === 0) return;
  const errors = left.map(({ field, message }) => ({ field, message }));
  const said = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new Problem('invalid', `Nobody could meet this plan as it is. ${said}.`, {
    errors,
    members: { despite: left.map(({ finding }) => finding) },
  });
}

/** The one door by which a plan is adopted, whether it is written on the page, sent by a program or filled in as a workbook. */
export function createAdopt({
  intake,
  reads,
  projection,
  now,
}: {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'plan'>;
  projection: Pick<Projection, 'reached'>;
  now: () => number;
}): Adopt {
  /** Of a plan that would be adopted now; the same version once more adopts nothing. */
  async function unmeetable(draft: Plan): Promise<Unmeetable[]> {
    const adopted = await reads.plan(draft.year).then(
      ({ plan }) => plan,
      (error: unknown) => {
        if (error instanceof Problem && error.kind === 'not-found') return null;
        throw error;
      },
    );
    if (adopted && adopted.version >= draft.version) return [];
    return unmeetableIn(draft, adopted, now());
  }

  return async (document, { signal, despite = [] } = {}) => {
    refuseUnmeetable(await unmeetable(document), despite);
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
