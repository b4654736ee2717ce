import type { Principal } from '#api/access/principal.ts';
import { audiencesFor, shownTo } from '#schemas/news/readers.ts';
import type { Plan } from '#schemas/plan.ts';
import { MOST_COUNTED, type NewsList } from '#schemas/results/news.ts';
import type { Kept, NewsStore } from './store.ts';

/** What somebody is told in the product itself: the news that are for them, and which they have not read. */
export type NewsLists = {
  /** Newest first, a page at a time; `before` is the cursor of the page before. */
  list(who: Principal, page: { limit: number; before?: number | undefined }): Promise<NewsList>;
  /** How many are unread, counted up to a bound. */
  unread(who: Principal): Promise<number>;
};

export function createNewsLists(
  store: Pick<NewsStore, 'list' | 'readOf'>,
  planOf: (year: number) => Promise<Plan | undefined>,
): NewsLists {
  async function* seenBy(who: Principal, before = Number.MAX_SAFE_INTEGER): AsyncGenerator<Kept> {
    const plans = new Map<number, Plan | undefined>();
    for (const found of store.list(audiencesFor(who), before)) {
      const { year } = found.body;
      if (!plans.has(year)) plans.set(year, await planOf(year));
      const body = shownTo(found.body, who, plans.get(year));
      if (body) yield { ...found, body };
    }
  }

  async function unread(who: Principal): Promise<number> {
    const { upTo, items } = store.readOf(who.id);
    const single = new Set(items);
    let count = 0;
    for await (const { seq } of seenBy(who)) {
      if (seq <= upTo || count === MOST_COUNTED) break;
      if (!single.has(seq)) count += 1;
    }
    return count;
  }

  return {
    async list(who, { limit, before }) {
      const { upTo, items: single } = store.readOf(who.id);
      const read = new Set(single);
      const items: NewsList['items'] = [];
      let more = false;
      for await (const { seq, at, body } of seenBy(who, before)) {
        if (items.length === limit) {
          more = true;
          break;
        }
        items.push({ seq, at: new Date(at).toISOString(), unread: seq > upTo && !read.has(seq), body });
      }
      return { items, unread: await unread(who), nextCursor: more ? String(items.at(-1)?.seq) : null };
    },
    unread,
  };
}
