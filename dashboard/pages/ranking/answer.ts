import type { RankingRow } from '#schemas/results.ts';
import type { Words } from '../../locales/words.ts';
import { isFull, movementOf, type Row } from './rows.ts';

/** At most so many names in a sentence. */
const NAMED = 3;

const names = (words: Words, rows: readonly RankingRow[]): string => {
  const list = words.list(rows.slice(0, NAMED).map(({ name }) => name));
  const more = rows.length - NAMED;
  return more > 0 ? words.say('ranking.andMore', { list }, more) : list;
};

function leading(words: Words, rows: readonly RankingRow[]): string {
  const first = rows.filter(({ rank }) => rank === 1);
  const [leader] = first;
  if (!leader) return words.say('ranking.answerNothing');
  const total = words.score(leader.total);
  if (first.length > 1) return words.say('ranking.answerTied', { leaders: names(words, first), total });
  const second = rows.find(({ rank }) => rank !== null && rank > 1);
  if (!second) return words.say('ranking.answerAlone', { leader: leader.name, total });
  const peers = rows.filter(
    (row) => row !== leader && row.band !== null && row.band[0] <= (leader.band?.[1] ?? 1),
  );
  if (peers.length > 0)
    return words.say('ranking.answerClose', { leader: leader.name, total, peers: names(words, peers) });
  const lead = words.score((leader.total ?? 0) - (second.total ?? 0));
  return words.say('ranking.answerClear', { leader: leader.name, total, lead });
}

/** The unit that moved furthest in one direction, and all that moved as far. */
function furthest(rows: readonly RankingRow[], kind: 'up' | 'down') {
  let places = 0;
  let found: RankingRow[] = [];
  for (const row of rows) {
    const movement = movementOf(row);
    if (movement.kind !== kind || movement.places < places) continue;
    if (movement.places > places) found = [];
    places = movement.places;
    found.push(row);
  }
  return { places, found };
}

/** The sentence that answers "who leads?" from the rows: who, how surely, who moved most, and who is vetoed. */
export function rankingAnswer(words: Words, all: readonly Row[]): string[] {
  const rows = all.filter(isFull);
  if (rows.length < all.length) return ownAnswer(words, rows[0]);
  const sentences = [leading(words, rows)];
  const up = furthest(rows, 'up');
  const down = furthest(rows, 'down');
  if (up.places > 0)
    sentences.push(words.say('ranking.answerRise', { unit: names(words, up.found), places: up.places }));
  if (down.places > 0)
    sentences.push(words.say('ranking.answerFall', { unit: names(words, down.found), places: down.places }));
  const vetoed = rows.filter(({ vetoes }) => vetoes.length > 0).length;
  if (vetoed > 0) sentences.push(words.say('ranking.answerVeto', {}, vetoed));
  return sentences;
}

function ownAnswer(words: Words, own: RankingRow | undefined): string[] {
  if (!own || own.rank === null) return [words.say('ranking.answerNothing')];
  const { name, rank, of, total } = own;
  return [words.say('ranking.answerOwn', { unit: name, rank, of, total: words.score(total) })];
}
