import { z } from 'zod';
import { day } from './dates.ts';
import { name } from './ids.ts';

/** The slides of the exchange meeting: which, in what order, and what the cover says. Presentation, PDF and screen follow it. */

/** In the order of use. */
export const SLIDES = [
  'cover',
  'leaders',
  'groups',
  'types',
  'misses',
  'movers',
  'incidents',
  'pairs',
  'commended',
  'next',
] as const;
export type SlideId = (typeof SLIDES)[number];

/** A slide in its place; one that is left out keeps it, so that it comes back to where it was. */
export type PlacedSlide = { id: SlideId; shown: boolean };

const LEFT_OUT = '-';
const isSlide = (id: string): id is SlideId => (SLIDES as readonly string[]).includes(id);
const there = SLIDES.join(', ');

export type SlidesFault =
  | { kind: 'unknown'; id: string }
  | { kind: 'twice'; id: SlideId }
  /** None of them is to be shown. */
  | { kind: 'none' };

const FAULTS: Record<SlidesFault['kind'], (id: string) => string> = {
  unknown: (id) => `there is no slide "${id.slice(0, 40)}"; there are ${there}`,
  twice: (id) => `names the slide ${id} twice`,
  none: () => `leaves out every slide; at least one of ${there} must be shown`,
};

/** Slides as addresses write them: `cover,leaders,-groups,misses`. A minus leaves one out; so does not naming it. */
export function readSlides(text: string): { slides: PlacedSlide[] } | { fault: SlidesFault } {
  const slides: PlacedSlide[] = [];
  for (const part of text.split(',')) {
    const shown = !part.startsWith(LEFT_OUT);
    const id = shown ? part : part.slice(LEFT_OUT.length);
    if (!isSlide(id)) return { fault: { kind: 'unknown', id } };
    if (slides.some((slide) => slide.id === id)) return { fault: { kind: 'twice', id } };
    slides.push({ id, shown });
  }
  return slides.some(({ shown }) => shown) ? { slides } : { fault: { kind: 'none' } };
}

export const writeSlides = (slides: readonly PlacedSlide[]): string =>
  slides.map(({ id, shown }) => (shown ? id : LEFT_OUT + id)).join(',');

const ONE = `-?(${SLIDES.join('|')})`;

export const slidesText = z
  .string()
  .max(400)
  .superRefine((text, context) => {
    const read = readSlides(text);
    if ('fault' in read)
      context.addIssue({
        code: 'custom',
        message: FAULTS[read.fault.kind]('id' in read.fault ? read.fault.id : ''),
      });
  })
  .meta({
    type: 'string',
    pattern: `^${ONE}(,${ONE})*$`,
    description:
      'Slides in their order, each at most once; a minus leaves one out, and at least one is shown.',
    example: 'cover,leaders,-groups,misses',
  });

/** What an address says of the deck; what it leaves out is as usual. */
export const deckShape = {
  slides: slidesText.optional(),
  /** What the cover says: whose meeting it is, its name, its day, who holds it. */
  zone: name.optional(),
  occasion: name.optional(),
  heldOn: day.optional(),
  organiser: name.optional(),
};
export const deck = z.strictObject(deckShape);
export type Deck = z.infer<typeof deck>;
export const DECK_FIELDS = Object.keys(deckShape) as (keyof Deck)[];

/** What the question that a deck answers leaves without anything to show. */
export type DeckScope = { compared: boolean; grouped: boolean };

/** The slides where nobody has chosen: without a day to compare with nobody moves, and one group has no others beside it. */
export const usualSlides = ({ compared, grouped }: DeckScope): PlacedSlide[] =>
  SLIDES.map((id) => ({ id, shown: !(id === 'movers' && !compared) && !(id === 'groups' && grouped) }));

/** Every slide in its place: those chosen, and behind them, left out, those that the choice does not name. */
export function placedSlides({ slides }: Pick<Deck, 'slides'>, scope: DeckScope): PlacedSlide[] {
  const read = slides === undefined ? null : readSlides(slides);
  if (!read || 'fault' in read) return usualSlides(scope);
  const named = new Set(read.slides.map(({ id }) => id));
  return [...read.slides, ...SLIDES.filter((id) => !named.has(id)).map((id) => ({ id, shown: false }))];
}

/** The slides to show, in order. */
export const shownSlides = (chosen: Pick<Deck, 'slides'>, scope: DeckScope): SlideId[] =>
  placedSlides(chosen, scope).flatMap(({ id, shown }) => (shown ? [id] : []));
