import type { DecisionReceipt, Inbox, InboxItem } from '#schemas/results/inbox.ts';
import { fromOrganisation, fromUnit, planFor, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { randomFor } from '../../sample/random.ts';

export const INBOX_NOW = Date.parse('2026-06-15T04:00:00Z');

const requirement = (kind: string, criterion: string) => ({
  id: `${criterion}.${kind}`,
  criterion,
  name: { zh: kind, en: kind },
  clause: '三(一)3',
  basis: 'text',
  points: 10,
  kind,
  measure: { type: 'count', per: 'quarter', atLeast: 1 },
});

/** Two criteria, three kinds, a deduction for `talk` and a veto for `violation`. */
export const INBOX_PLAN = planFor(2026, 1, {
  criteria: [
    { id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 20 },
    { id: 'unity', name: { zh: '团结型', en: 'Unity' }, weight: 20 },
  ],
  requirements: [
    requirement('research', 'learning'),
    requirement('lecture', 'learning'),
    requirement('meeting', 'unity'),
  ],
  deductions: [
    {
      id: 'unity.talk',
      criterion: 'unity',
      clause: '三(二)3',
      basis: 'default',
      kind: 'talk',
      points: 5,
      max: 20,
    },
  ],
});

export const UNITS = ['farm-1', 'farm-2', 'farm-3', 'mill-1', 'mill-2', 'mill-3'];
export const TITLES = ['春耕调研', '春耕 调研！', '春耕备耕情况调研', '教育讲座', '党课', '班子会'];

/** What the test knows of a report that it sent. */
export type Known = {
  unit: string;
  activity: string;
  kind: string;
  day: string;
  title: string;
  state: string;
  late: number;
  appealed: boolean;
};

function randomReports(count: number): Known[] {
  const random = randomFor('reports of an inbox', 5);
  const reports = Array.from({ length: count }, (_, index) => {
    const day = `2026-0${random.int(1, 5)}-${String(random.int(1, 4)).padStart(2, '0')}`;
    return {
      unit: random.pick(UNITS),
      activity: `a-${index}`,
      kind: random.pick(['research', 'lecture', 'meeting']),
      day,
      title: random.pick(TITLES),
      state: random.pick(['reported', 'reported', 'reported', 'verified', 'rejected', 'retracted']),
      late: Math.floor(INBOX_NOW / 86_400_000) - Math.floor(Date.parse(day) / 86_400_000),
      appealed: false,
    };
  });
  for (const report of reports) report.appealed = report.state === 'rejected' && random.chance(0.5);
  return reports;
}

/** Everything that the reports say of themselves, sent by whoever may: units report, the department decides. */
async function sendAll(product: Product, reports: readonly Known[]): Promise<void> {
  const tokens = new Map<string, string>();
  for (const unit of UNITS) tokens.set(unit, await product.tokens.unit(unit));
  const fromEach = async (events: (report: Known) => object[]): Promise<void> => {
    for (const [unit, token] of tokens)
      await product.send(reports.filter((one) => one.unit === unit).flatMap(events), token);
  };
  await product.send([
    ...UNITS.map((unit) => registered(unit, { group: unit.startsWith('farm') ? 'farm' : 'mill' })),
    fromOrganisation('zone', 'plan.adopted', INBOX_PLAN),
  ]);
  await fromEach(({ unit, activity, kind, day, title }) => [
    recorded(unit, activity, { kind, occurredOn: day, title }),
  ]);
  await product.send(
    reports.flatMap(({ unit, activity, state }) =>
      state === 'verified' || state === 'rejected'
        ? [fromOrganisation(unit, `activity.${state}`, { activity, reason: '核实' })]
        : [],
    ),
  );
  await fromEach(({ unit, activity, state, appealed }) => [
    ...(state === 'retracted' ? [fromUnit(unit, 'activity.retracted', { activity, reason: '误报' })] : []),
    ...(appealed ? [fromUnit(unit, 'appeal.lodged', { activity, reason: '材料已补' })] : []),
  ]);
}

/** A zone with random reports, some decided, appealed against or alike, and the calls of its inbox. */
export type InboxZone = {
  product: Product;
  reports: Known[];
  /** A reviewer of the criterion `learning`, and a second account of the department. */
  reviewer: string;
  second: string;
  issue(label: string, rights: Parameters<Product['access']['issue']>[0]['rights']): Promise<string>;
  read(query: string, token?: string): Promise<Inbox>;
  /** Every item of a list, page by page. */
  all(query: string, token?: string): Promise<InboxItem[]>;
  post(path: string, body: object, token?: string): Promise<Response>;
  decide(decisions: object[], token?: string): Promise<{ receipts: DecisionReceipt[] }>;
};

export async function startInboxZone(count: number): Promise<InboxZone> {
  const product = await startProduct({ clock: () => INBOX_NOW, env: { VETO_SECOND_PERSON: '1' } });
  const reports = randomReports(count);
  await sendAll(product, reports);
  const issue: InboxZone['issue'] = async (label, rights) =>
    (await product.access.issue({ kind: 'bearer', rights, label, expiresAt: null })).secret;
  const as = (token?: string) => (token === undefined ? {} : { token });
  const read: InboxZone['read'] = (query, token) => product.json(`/inbox?year=2026&${query}`, as(token));
  return {
    product,
    reports,
    reviewer: await issue('宣传部', { roles: ['reviewer'], reviews: { criteria: ['learning'], kinds: [] } }),
    second: await issue('组织部 李', { roles: ['organisation'] }),
    issue,
    read,
    async all(query, token) {
      const items: InboxItem[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Inbox = await read(`${query}&limit=37${cursor && `&cursor=${cursor}`}`, token);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    post: (path, body, token) => product.call(path, { method: 'POST', body, ...as(token) }),
    decide: (decisions, token) =>
      product.json('/reviews/batch', { method: 'POST', body: { decisions }, ...as(token) }),
  };
}

/** Which activities these are, in one order. */
export const idsOf = (list: readonly { unit: string; activity: string }[]): string[] =>
  list.map(({ unit, activity }) => `${unit}/${activity}`).sort();
