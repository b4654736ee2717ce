import { createHash } from 'node:crypto';
import { holds, type Principal } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import type { FoundActivity, InboxReads, Intake, Reads } from '#api/ports.ts';
import { pairKey } from '#api/queries/activityFacts.ts';
import { ORGANISATION } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import { rowOf } from '#schemas/presentation/names.ts';
import type { Decided, Decision, DecisionReceipt } from '#schemas/results/inbox.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { kindsReviewed } from '#schemas/reviewed.ts';

export type DecidingDeps = {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'plan'>;
  inbox: Pick<InboxReads, 'found'>;
  /** The name of an account. */
  nameOf(id: string): string | null;
  /** Resolves once reads show what is in the stream by now. */
  settled(): Promise<unknown>;
};

const isAppeal = ({ decision }: Decision): boolean => decision === 'granted' || decision === 'dismissed';

const typeOf = (asked: Decision): string =>
  isAppeal(asked) ? 'appeal.decided' : `activity.${asked.decision}`;

/**
 * The identity of a decision is the version that it is about: of two on the same version the stream keeps the first,
 * whoever asks first, at whatever server; and the same decision sent again is there already.
 */
const idOf = ({ unit, activity }: Decision, version: string): string =>
  `decision-${createHash('sha256')
    .update(JSON.stringify([unit, activity, version]))
    .digest('hex')
    .slice(0, 40)}`;

function eventOf(asked: Decision, version: string): Record<string, unknown> {
  const { unit, activity, decision, reason } = asked;
  return {
    specversion: '1.0',
    id: idOf(asked, version),
    source: ORGANISATION,
    subject: unit,
    type: typeOf(asked),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { activity, unit, ...(isAppeal(asked) && { outcome: decision }), reason },
  };
}

type Refusal = Pick<DecisionReceipt, 'status' | 'why' | 'problem' | 'decided'>;
const refused = (why: DecisionReceipt['why'], problem: string): Refusal => ({
  status: 'refused',
  why,
  problem,
});

/** Decides on activities and appeals: who may, on what is still as it was seen, once. */
export function createDeciding({ intake, reads, inbox, nameOf, settled }: DecidingDeps) {
  const toldOf = ({ last }: FoundActivity): Decided | undefined =>
    last && {
      by: last.actor === '' ? null : nameOf(last.actor),
      type: last.type,
      outcome: last.outcome || null,
      reason: last.reason || null,
      at: new Date(last.recordedAt).toISOString(),
    };

  async function mayNot(
    who: Principal,
    asked: Decision,
    found: FoundActivity,
    plans: Map<number, Plan | undefined>,
  ) {
    const { unit, activity } = asked;
    // Also for the department: nobody decides on what their own unit reported, or they themselves.
    if (who.unit === unit)
      return refused('forbidden', `You report for the unit ${unit}; somebody else must decide on it.`);
    if (found.authors.has(who.id))
      return refused(
        'forbidden',
        `You reported ${activity} of the unit ${unit} yourself; somebody else must decide on it.`,
      );
    if (holds(who, ['organisation'])) return undefined;
    if (isAppeal(asked)) return refused('forbidden', 'The organisation department decides on appeals.');
    const scope = who.reviews ?? { criteria: [], kinds: [] };
    if (scope.kinds.includes(found.kind)) return undefined;
    if (!plans.has(found.year)) plans.set(found.year, (await reads.plan(found.year)).plan);
    const plan = plans.get(found.year);
    if (plan && kindsReviewed(scope, plan).has(found.kind)) return undefined;
    return refused(
      'forbidden',
      `You review ${rowOf('en', [...scope.criteria, ...scope.kinds])}; activities of the kind ${found.kind} are not among that.`,
    );
  }

  /** What stands against a decision, by what reads show. */
  function overtaken(asked: Decision, found: FoundActivity): Refusal | undefined {
    const decided = toldOf(found);
    if (asked.version !== undefined && asked.version !== found.version) {
      const same =
        found.last?.id === idOf(asked, asked.version) &&
        found.last.type === typeOf(asked) &&
        found.last.reason === asked.reason &&
        (!isAppeal(asked) || found.last.outcome === asked.decision);
      return {
        status: same ? 'already' : 'conflict',
        problem: same
          ? 'It was decided like this already.'
          : 'Something happened to it since you looked at it.',
        ...(decided && { decided }),
      };
    }
    if (isAppeal(asked) && !found.appealOpen)
      return { status: 'conflict', problem: 'It has no undecided appeal.', ...(decided && { decided }) };
    return undefined;
  }

  /** Receipts in the order of the decisions. */
  return async function decide(who: Principal, decisions: readonly Decision[]): Promise<DecisionReceipt[]> {
    const found = await inbox.found(decisions);
    const plans = new Map<number, Plan | undefined>();
    const taken = new Set<string>();
    const refusals = await Promise.all(
      decisions.map(async (asked): Promise<Refusal | undefined> => {
        const key = pairKey(asked);
        const there = found.get(key);
        if (!there) return refused('not-found', `The unit ${asked.unit} has no activity ${asked.activity}.`);
        const why = (await mayNot(who, asked, there, plans)) ?? overtaken(asked, there);
        if (why) return why;
        if (taken.has(key)) return refused('invalid', 'It is named twice in one request.');
        taken.add(key);
        return undefined;
      }),
    );
    const events = decisions.flatMap((asked, index) =>
      refusals[index] ? [] : eventOf(asked, asked.version ?? found.get(pairKey(asked))?.version ?? ''),
    );
    const given =
      events.length > 0 ? await intake.submit(events, { role: 'organisation', actor: who.id }) : [];
    let sent = 0;
    const receipts = refusals.map((refusal) => (refusal ? undefined : given[sent++]));
    const lost = decisions.filter((_, index) => receipts[index] && receipts[index].status !== 'appended');
    if (lost.length > 0) await settled();
    const now = lost.length > 0 ? await inbox.found(lost) : new Map<string, FoundActivity>();
    return decisions.map((asked, index): DecisionReceipt => {
      const { unit, activity } = asked;
      const refusal = refusals[index];
      if (refusal) return { unit, activity, ...refusal };
      const there = now.get(pairKey(asked));
      return { unit, activity, ...outcomeOf(receipts[index], there && toldOf(there)) };
    });
  };
}

function outcomeOf(
  receipt: Receipt | undefined,
  decided: Decided | undefined,
): Omit<DecisionReceipt, 'unit' | 'activity'> {
  if (!receipt) throw new Problem('internal', 'A decision has no receipt.');
  const { status, position, problem } = receipt;
  if (status === 'appended') return { status, ...(position !== undefined && { position }) };
  if (status === 'rejected' && !decided)
    return { status: 'refused', why: 'invalid', ...(problem !== undefined && { problem }) };
  return {
    status: status === 'already' ? 'already' : status === 'conflict' ? 'conflict' : 'refused',
    ...(status === 'rejected' && { why: 'invalid' as const }),
    ...(position !== undefined && { position }),
    ...(problem !== undefined && { problem }),
    ...(decided && { decided }),
  };
}
