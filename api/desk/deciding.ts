import { createHash } from 'node:crypto';
import { holds, type Principal } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import type { FoundActivity, InboxReads, Intake, Reads } from '#api/ports.ts';
import { pairKey } from '#api/queries/activityFacts.ts';
import { ORGANISATION } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
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

const typeOf = (wish: Decision): string => (isAppeal(wish) ? 'appeal.decided' : `activity.${wish.decision}`);

/**
 * The identity of a decision is the version that it is about: of two on the same version the stream keeps the first,
 * whoever asks first, at whatever server; and the same decision sent again is there already.
 */
const idOf = ({ unit, activity }: Decision, version: string): string =>
  `decision-${createHash('sha256')
    .update(JSON.stringify([unit, activity, version]))
    .digest('hex')
    .slice(0, 40)}`;

function eventOf(wish: Decision, version: string): Record<string, unknown> {
  const { unit, activity, decision, reason } = wish;
  return {
    specversion: '1.0',
    id: idOf(wish, version),
    source: ORGANISATION,
    subject: unit,
    type: typeOf(wish),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { activity, unit, ...(isAppeal(wish) && { outcome: decision }), reason },
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
    wish: Decision,
    found: FoundActivity,
    plans: Map<number, Plan | undefined>,
  ) {
    const { unit, activity } = wish;
    // Also for the department: nobody decides on what their own unit reported, or they themselves.
    if (who.unit === unit)
      return refused('forbidden', `You report for the unit ${unit}; somebody else must decide on it.`);
    if (found.authors.has(who.id))
      return refused(
        'forbidden',
        `You reported ${activity} of the unit ${unit} yourself; somebody else must decide on it.`,
      );
    if (holds(who, ['organisation'])) return undefined;
    if (isAppeal(wish)) return refused('forbidden', 'The organisation department decides on appeals.');
    const scope = who.reviews ?? { criteria: [], kinds: [] };
    if (scope.kinds.includes(found.kind)) return undefined;
    if (!plans.has(found.year)) plans.set(found.year, (await reads.plan(found.year)).plan);
    const plan = plans.get(found.year);
    if (plan && kindsReviewed(scope, plan).has(found.kind)) return undefined;
    return refused(
      'forbidden',
      `You review ${[...scope.criteria, ...scope.kinds].join(', ')}; activities of the kind ${found.kind} are not among that.`,
    );
  }

  /** What stands against a decision, by what reads show. */
  function overtaken(wish: Decision, found: FoundActivity): Refusal | undefined {
    const decided = toldOf(found);
    if (wish.version !== undefined && wish.version !== found.version) {
      const same =
        found.last?.id === idOf(wish, wish.version) &&
        found.last.type === typeOf(wish) &&
        found.last.reason === wish.reason &&
        (!isAppeal(wish) || found.last.outcome === wish.decision);
      return {
        status: same ? 'already' : 'conflict',
        problem: same
          ? 'It was decided like this already.'
          : 'Something happened to it since you looked at it.',
        ...(decided && { decided }),
      };
    }
    if (isAppeal(wish) && !found.appealOpen)
      return { status: 'conflict', problem: 'It has no undecided appeal.', ...(decided && { decided }) };
    return undefined;
  }

  /** Receipts in the order of the wishes. */
  return async function decide(who: Principal, wishes: readonly Decision[]): Promise<DecisionReceipt[]> {
    const found = await inbox.found(wishes);
    const plans = new Map<number, Plan | undefined>();
    const taken = new Set<string>();
    const refusals = await Promise.all(
      wishes.map(async (wish): Promise<Refusal | undefined> => {
        const key = pairKey(wish);
        const there = found.get(key);
        if (!there) return refused('not-found', `The unit ${wish.unit} has no activity ${wish.activity}.`);
        const why = (await mayNot(who, wish, there, plans)) ?? overtaken(wish, there);
        if (why) return why;
        if (taken.has(key)) return refused('invalid', 'It is named twice in one request.');
        taken.add(key);
        return undefined;
      }),
    );
    const events = wishes.flatMap((wish, index) =>
      refusals[index] ? [] : eventOf(wish, wish.version ?? found.get(pairKey(wish))?.version ?? ''),
    );
    const given =
      events.length > 0 ? await intake.submit(events, { role: 'organisation', actor: who.id }) : [];
    let sent = 0;
    const receipts = refusals.map((refusal) => (refusal ? undefined : given[sent++]));
    const lost = wishes.filter((_, index) => receipts[index] && receipts[index].status !== 'appended');
    if (lost.length > 0) await settled();
    const now = lost.length > 0 ? await inbox.found(lost) : new Map<string, FoundActivity>();
    return wishes.map((wish, index): DecisionReceipt => {
      const { unit, activity } = wish;
      const refusal = refusals[index];
      if (refusal) return { unit, activity, ...refusal };
      const there = now.get(pairKey(wish));
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
