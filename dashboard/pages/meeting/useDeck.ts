import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { z } from 'zod';
import {
  type Deck,
  type DeckScope,
  deck as deckOf,
  type PlacedSlide,
  placedSlides,
  writeSlides,
} from '#schemas/deck.ts';
import type { Filters } from '../../composables/filters.ts';
import { useKept } from '../../composables/kept.ts';
import { useFilters } from '../../composables/useFilters.ts';
import { readDeck } from './readDeck.ts';

/** What the filters leave without anything to show. */
export const scopeOf = ({
  compareTo,
  nothingThen,
  group,
}: Pick<Filters, 'compareTo' | 'nothingThen' | 'group'>): DeckScope => ({
  compared: compareTo !== null && !nothingThen,
  grouped: group !== null,
});

/** The deck as an address carries it; what is as usual is left out of it. */
export const deckParams = (deck: Deck): Record<keyof Deck, string | null> => ({
  slides: deck.slides ?? null,
  zone: deck.zone ?? null,
  occasion: deck.occasion ?? null,
  heldOn: deck.heldOn ?? null,
  organiser: deck.organiser ?? null,
});

/** The slides as somebody chose them: the address says it; where it does not, what this device chose last for the year. */
export function useDeck() {
  const route = useRoute();
  const { filters, refine } = useFilters();
  const kept = useKept('wuxing.decks', z.record(z.string(), deckOf), {});
  const year = computed(() => String(filters.value.year));
  const deck = computed<Deck>(() => {
    const said = readDeck(route.query);
    return Object.keys(said).length > 0 ? said : (kept.value[year.value] ?? {});
  });
  const placed = computed(() => placedSlides(deck.value, scopeOf(filters.value)));

  function write(next: Deck): void {
    kept.value = { ...kept.value, [year.value]: next };
    refine(deckParams(next));
  }
  const change = (patch: Deck): void => write(deckOf.parse({ ...deck.value, ...patch }));
  const place = (slides: readonly PlacedSlide[]): void => change({ slides: writeSlides(slides) });
  const reset = (): void => write({});

  return { deck, placed, change, place, reset };
}
