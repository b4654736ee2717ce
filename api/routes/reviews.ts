import type { Access } from '#api/access/access.ts';
import { createDeciding } from '#api/desk/deciding.ts';
import { wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Context, type Route, route } from '#api/http/route.ts';
import type { InboxReads, Intake, Projection, Reads } from '#api/ports.ts';
import type { Principal, Role } from '#schemas/access.ts';
import { coversAll, formatWatermark, type Offsets } from '#schemas/position.ts';
import {
  type Decision,
  type DecisionReceipt,
  decision,
  decisionBatch,
  decisionReceipts,
  MOST_DECISIONS,
} from '#schemas/results/inbox.ts';
import { problem } from '#schemas/results/results.ts';

export type ReviewRouteDeps = {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'plan'>;
  inbox: Pick<InboxReads, 'found'>;
  access: Pick<Access, 'account' | 'list'>;
  projection: Pick<Projection, 'watermark' | 'reached' | 'caughtUp'>;
};

const DECIDERS: readonly Role[] = ['reviewer', 'organisation'];
const VISIBLE_MS = 5_000;

/** The furthest of some positions in each partition. */
const furthest = (positions: readonly string[]): Offsets => {
  const wanted: number[] = [];
  for (const position of positions)
    (wantedOffsets(position) ?? []).forEach((offset, partition) => {
      wanted[partition] = Math.max(wanted[partition] ?? 0, offset);
    });
  return Array.from(wanted, (offset) => offset ?? 0);
};

const KINDS = { 'not-found': 'not-found', forbidden: 'forbidden', invalid: 'invalid' } as const;

/** The one decision of a request: what does not stand is the request's problem. */
function refuse({ status, why, problem: said, decided }: DecisionReceipt): void {
  if (status === 'appended' || status === 'already') return;
  const detail = said ?? 'The decision could not be recorded.';
  const kind = status === 'conflict' ? 'conflict' : KINDS[why ?? 'invalid'];
  throw new Problem(kind, detail, decided ? { members: { decided } } : {});
}

/** Reviewers write through the server: it checks the kind, and signs with the account that decided. */
export function reviewRoutes(deps: ReviewRouteDeps): Route[] {
  const { access, projection } = deps;
  const decide = createDeciding({
    ...deps,
    nameOf: (id) => access.account(id)?.name ?? access.list().find((one) => one.id === id)?.label ?? null,
    settled: () => projection.caughtUp(),
  });

  async function decideAll(
    decisions: readonly Decision[],
    {
      principal,
      record,
      signal,
    }: Pick<Context<unknown, unknown, unknown, Principal>, 'principal' | 'record' | 'signal'>,
  ) {
    const receipts = await decide(principal, decisions);
    await Promise.all(
      decisions.map(({ unit, activity, decision: what, reason }, index) => {
        if (receipts[index]?.status !== 'appended') return undefined;
        const action = what === 'granted' || what === 'dismissed' ? `appeal.${what}` : `activity.${what}`;
        return record(action, { unit, activity, reason });
      }),
    );
    const wanted = furthest(receipts.flatMap(({ position }) => position ?? []));
    if (wanted.length > 0 && !coversAll(projection.watermark(), wanted))
      await projection.reached(wanted, VISIBLE_MS, signal);
    return { receipts, watermark: formatWatermark(projection.watermark()) };
  }

  const taken = {
    202: { description: 'Durable', schema: decisionReceipts },
    409: {
      description: 'Somebody else decided first; `decided` says who and what',
      schema: problem,
      type: 'application/problem+json',
    },
  };

  return [
    route<unknown, unknown, Decision>({
      method: 'post',
      path: '/reviews',
      tag: 'events',
      roles: DECIDERS,
      summary: 'Verify or reject an activity, or decide an appeal',
      description:
        'Reviewers decide on activities of the kinds they are bound to; the department on those and on appeals; nobody on those of a unit of their own, or on what they reported themselves. `version`, as the inbox gives it, is what was looked at: where something happened since, nothing is decided. The event has the source `/organisation`; its extension `actor` names who decided.',
      body: { as: 'json', schema: decision },
      answers: taken,
      async handler({ body, ...context }) {
        const answer = await decideAll([body], context);
        for (const receipt of answer.receipts) refuse(receipt);
        return { status: 202, body: answer };
      },
    }),
    route<unknown, unknown, { decisions: Decision[] }>({
      method: 'post',
      path: '/reviews/batch',
      tag: 'events',
      roles: DECIDERS,
      summary: `Up to ${MOST_DECISIONS} decisions, each with its own receipt`,
      description:
        'What is refused leaves the rest alone. The same batch sent again decides nothing twice: its receipts say `already`.',
      body: { as: 'json', schema: decisionBatch },
      answers: { 202: taken[202] },
      handler: async ({ body, ...context }) => ({
        status: 202,
        body: await decideAll(body.decisions, context),
      }),
    }),
  ];
}
