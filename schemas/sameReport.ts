import type { ActivityBody } from './events.ts';
import { ASKED_FIELDS } from './reportFields.ts';

/** Whether a report is there already: asked before it is sent again under another id. */

/**
 * `title`: the same kind, day and title. `content`: the same kind and day with the same figures, whatever the title.
 * `attachment`: a file of it proves another report already.
 */
export type SameWhy = 'title' | 'content' | 'attachment';

type Body = Omit<ActivityBody, 'evidence' | 'note'>;

/** Signs and spaces set no titles apart. */
const folded = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]+/gu, '');

const figuresOf = (body: Body): string =>
  JSON.stringify(
    ASKED_FIELDS.map((field) =>
      field === 'members' ? [...(body.members ?? [])].sort() : (body[field] ?? null),
    ),
  );

/** Two deeds of one day that say no figures are two deeds. */
const saysFigures = ({ quantity, due, members, score, value }: Body): boolean =>
  [quantity, due, score, value].some((figure) => figure !== undefined) || (members?.length ?? 0) > 0;

/** Why one report looks like another; undefined where it does not. */
export function sameAs(report: Body, other: Body): SameWhy | undefined {
  if (report.kind === other.kind && report.occurredOn === other.occurredOn) {
    if (folded(report.title) === folded(other.title)) return 'title';
    if (saysFigures(report) && figuresOf(report) === figuresOf(other)) return 'content';
  }
  const files = new Set((other.attachments ?? []).map(({ sha256 }) => sha256));
  return (report.attachments ?? []).some(({ sha256 }) => files.has(sha256)) ? 'attachment' : undefined;
}

/** From this likeness on two titles look like the same. */
export const ALIKE = 0.7;

/** What titles are compared by. */
export const pairsIn = (title: string): ReadonlySet<string> => {
  const signs = [...folded(title)];
  if (signs.length < 2) return new Set([signs.join('')]);
  return new Set(signs.slice(1).map((sign, index) => `${signs[index]}${sign}`));
};

/** What part of their pairs two titles share, from 0 to 1 (the index of Dice). */
export function sharedPart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return (2 * shared) / (a.size + b.size);
}

/** How like two titles are, from 0 to 1. */
export const likeness = (one: string, other: string): number => sharedPart(pairsIn(one), pairsIn(other));
