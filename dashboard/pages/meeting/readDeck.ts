import { DECK_FIELDS, type Deck, deckShape } from '#schemas/deck.ts';

/** What an address says of the slides; what is malformed in it is as if it were not there. */
export function readDeck(query: Readonly<Record<string, unknown>>): Deck {
  const read: Deck = {};
  for (const field of DECK_FIELDS) {
    const found = deckShape[field].safeParse(query[field]);
    if (found.success && found.data !== undefined) read[field] = found.data;
  }
  return read;
}
