import type { Plan, Requirement } from '#schemas/plan.ts';
import { exactSum, plainText } from '#schemas/presentation/numbers.ts';
import { measureSentence } from '../../locales/measureWords.ts';
import type { Words } from '../../locales/words.ts';

/** The plan as a document: its clauses in order, each with what the plan makes of it. */

/** The lists whose items cite a clause. */
export const ITEM_LISTS = ['requirements', 'deductions', 'vetoes', 'conditions'] as const;
export type ItemList = (typeof ITEM_LISTS)[number];
export type Item = Plan[ItemList][number];

/** An item where it stands in its list. */
export type Placed = { list: ItemList; index: number; item: Item };

export type ClauseSection = {
  id: string;
  text: NonNullable<Plan['clauses']>[number]['text'] | undefined;
  items: readonly Placed[];
};

/** Every clause that has a text or is cited, those with a text first, in the document's order. */
export function clauseSections(plan: Plan): ClauseSection[] {
  const placed = ITEM_LISTS.flatMap((list) =>
    plan[list].map((item, index): Placed => ({ list, index, item })),
  );
  const texts = new Map((plan.clauses ?? []).map(({ id, text }) => [id, text]));
  const ids = [...new Set([...texts.keys(), ...placed.map(({ item }) => item.clause)])];
  return ids.map((id) => ({
    id,
    text: texts.get(id),
    items: placed.filter(({ item }) => item.clause === id),
  }));
}

export const itemName = (words: Words, { name, id }: Pick<Item, 'name' | 'id'>): string =>
  name ? words.name(name) : id;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The requirements of a type, among which its points are shared out. */
const ownOf = ({ requirements }: Plan, criterion: string): Requirement[] =>
  requirements.filter((requirement) => requirement.criterion === criterion);

/** A requirement's points: of how many within its type, and of the total while everything counts. */
export function pointsMeans(words: Words, plan: Plan, requirement: Requirement): string {
  const { criterion, points } = requirement;
  const type = plan.criteria.find(({ id }) => id === criterion);
  return words.say('requirement.points', {
    points: words.plain(points),
    of: words.plain(exactSum(ownOf(plan, criterion).map((one) => one.points))),
    criterion: type ? words.name(type.name) : criterion,
    worth: words.score(100 * worthOf(plan, requirement)),
  });
}

/** The share of the whole total that a requirement is worth, 0..1, while everything counts. */
export function worthOf(plan: Plan, { criterion, points }: Requirement): number {
  const { criteria } = plan;
  const weight = criteria.find(({ id }) => id === criterion)?.weight ?? 0;
  const own = ownOf(plan, criterion);
  return (weight / sum(criteria.map((one) => one.weight))) * (points / sum(own.map((one) => one.points)));
}

/** What an item asks for or does, as a clerk would say it. */
export function itemMeans(words: Words, { list, item }: Placed): string {
  if (list === 'requirements' && 'measure' in item) return measureSentence(words, item.measure);
  if (list === 'deductions' && 'max' in item)
    return words.say('plan.deducts', { points: plainText(item.points), max: plainText(item.max) });
  if (list === 'vetoes' && 'cap' in item) return words.say('plan.caps', { cap: plainText(item.cap) });
  return 'by' in item ? words.say('plan.due', { day: words.day(`2000-${item.by}`) }) : '';
}
