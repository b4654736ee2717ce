import type { Rights } from '#schemas/access.ts';
import type { Plan } from '#schemas/plan.ts';
import type { NewsBody } from '#schemas/results/news.ts';
import { kindsReviewed } from '#schemas/reviewed.ts';

/** Who hears of what: a unit of itself, a reviewer of what they decide on, leaders and the department of the zone. */
export type Reader = Pick<Rights, 'roles' | 'unit' | 'reviews'> & { id: string };

/** The lists in which a piece of news is kept. */
export type Audience = `unit:${string}` | `account:${string}` | 'zone' | 'all';

export function audiencesOf(body: NewsBody): Audience[] {
  switch (body.kind) {
    case 'due':
    case 'overdue':
      return [body.about ? `unit:${body.about.unit}` : 'zone'];
    case 'rejected':
      return [`unit:${body.about.unit}`];
    case 'appeal':
    case 'veto':
    case 'quota':
    case 'rank':
      return [`unit:${body.about.unit}`, 'zone'];
    case 'waiting':
      return [body.account === null ? 'zone' : `account:${body.account}`];
    case 'publication':
      return ['all'];
  }
}

const holds = ({ roles }: Reader, ...wanted: Reader['roles']): boolean =>
  roles.some((role) => wanted.includes(role));

/** The lists that somebody reads. */
export const audiencesFor = (reader: Reader): Audience[] => [
  'all',
  `account:${reader.id}`,
  ...(holds(reader, 'unit') && reader.unit !== undefined ? [`unit:${reader.unit}` as const] : []),
  ...(holds(reader, 'reviewer', 'leader', 'organisation') ? ['zone' as const] : []),
];

type Kinds = Pick<Plan, 'requirements' | 'deductions'>;

/** What a reviewer sees of news about the zone: that of the kinds they decide on. */
function ofReviewer(body: NewsBody, { reviews }: Reader, plan: Kinds | undefined): NewsBody | null {
  if (!reviews || !plan) return null;
  const kinds = kindsReviewed(reviews, plan);
  switch (body.kind) {
    case 'due':
    case 'overdue': {
      const owed = body.owed.filter(({ kind }) => kinds.has(kind));
      return owed.length > 0 ? { ...body, owed } : null;
    }
    case 'appeal':
    case 'veto':
      return kinds.has(body.of) ? body : null;
    default:
      return null;
  }
}

/**
 * A piece of news as somebody may see it; null where it is not theirs. `plan`: that of the news' year, which says
 * what a reviewer's criteria hold.
 */
export function shownTo(body: NewsBody, reader: Reader, plan: Kinds | undefined): NewsBody | null {
  const own = audiencesFor(reader);
  const lists = audiencesOf(body).filter((audience) => own.includes(audience));
  if (lists.some((audience) => audience !== 'zone')) return body;
  if (!lists.includes('zone')) return null;
  if (holds(reader, 'organisation')) return body.kind === 'appeal' ? ofReviewer(body, reader, plan) : body;
  if (holds(reader, 'leader') && body.kind !== 'waiting' && body.kind !== 'appeal') return body;
  return holds(reader, 'reviewer') ? ofReviewer(body, reader, plan) : null;
}

/** The kinds of news that a role can have at all: what its owner can choose from. */
export const kindsFor = (reader: Pick<Reader, 'roles'>): NewsBody['kind'][] => {
  const has = (...roles: Reader['roles']) => reader.roles.some((role) => roles.includes(role));
  const when = (condition: boolean, ...kinds: NewsBody['kind'][]) => (condition ? kinds : []);
  return [
    'due',
    'overdue',
    ...when(has('unit'), 'rejected'),
    ...when(has('unit', 'reviewer'), 'appeal'),
    'veto',
    ...when(has('unit', 'leader', 'organisation'), 'quota', 'rank'),
    ...when(has('reviewer', 'organisation'), 'waiting'),
    'publication',
  ];
};
