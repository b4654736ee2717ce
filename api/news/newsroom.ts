import { presentBy } from '#api/answers/present.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { dayIn, dayNumber, dayOfNumber } from '#schemas/dates.ts';
import { audiencesFor, audiencesOf, type Reader, shownTo } from '#schemas/news/readers.ts';
import {
  decisionNews,
  mondayOf,
  type News,
  OVERDUE_DAYS,
  publicationNews,
  type Standings,
  standingNews,
  vetoNews,
  type Waiting,
  waitingNews,
} from '#schemas/news/rules.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import type { Channel } from '#schemas/results/news.ts';
import type { PublicationAnswer } from '#schemas/results/publication.ts';
import type { Lease } from './lease.ts';
import type { Looks } from './looks.ts';
import type { Outbox } from './outbox.ts';
import type { People, Person } from './people.ts';
import type { Kept, NewsStore } from './store.ts';

export type NewsroomParts = {
  store: NewsStore;
  people: People;
  outbox: Outbox;
  lease: Lease;
  looks: Looks;
  publication(year: number): Promise<PublicationAnswer>;
  /** What waits for somebody in the inbox of a year; null: the department. */
  waiting(year: number, reviewer: Reader | null): Promise<Waiting>;
  /** Everybody who can sign in, with what they may see. */
  readers(): Reader[];
  /** Resolves once reads reflect what was in the stream; false where that was given up. */
  caughtUp(): Promise<boolean>;
  watermark(): Offsets;
  now(): number;
};

/** Decisions that were recorded earlier are no news: a restored stream brings those of years. */
const FRESH_MS = 30 * 86_400_000;
/** For the inbox and for digests a week begins on Monday at this hour. */
const MORNING_HOURS = 8;
const CHANNELS: readonly Channel[] = ['mail', 'webhook'];

/** The year that it is where the zone is: in the time zone of the plan in use. */
export const yearOfNews = async (looks: Pick<Looks, 'ranking'>, now: number): Promise<number> =>
  (await presentBy(async (of) => (await looks.ranking(of))?.plan.timezone, now)).year;

/** What one look found, not written down yet. */
type Found = { news: News[]; remember: [string, unknown][] };

/**
 * Looks at how things stand, compares with what it remembers, and writes down what is new, with the messages that
 * tell of it: all in one transaction, so that each piece is told once, whenever the process ends.
 */
export type Newsroom = {
  /** What was new; null where another server looks, or there is nothing to look at yet. */
  look(): Promise<Kept[] | null>;
};

export function createNewsroom(parts: NewsroomParts): Newsroom {
  const { store, people, outbox, lease, looks, now } = parts;

  /** News of a year's ranking. Deadlines and moves of ranks are looked at once a day, vetoes at every look. */
  async function ofRanking(answer: RankingAnswer, isCurrent: boolean): Promise<Found> {
    const { year, version } = answer.plan;
    const today = answer.on;
    const found: Found = { news: [], remember: [] };
    const [dueName, vetoName] = [`due:${year}`, `vetoes:${year}`];
    const looked = `${today}@${version}`;
    if (store.memory(dueName) !== looked) {
      found.news.push(...(await looks.due(answer, today)));
      found.remember.push([dueName, looked]);
    }
    const vetoed = looks.vetoed(answer);
    const before = store.memory<[string, string[]][]>(vetoName);
    const vetoes = answer.plan.vetoes.map(({ id, name = null, kind, cap }) => ({ id, name, of: kind, cap }));
    const nameOf = (unit: string) => answer.ranked.rows[answer.placeOf.get(unit) ?? -1]?.name;
    if (before) found.news.push(...vetoNews(new Map(before), vetoed, { year, today, vetoes, nameOf }));
    const standing = [...vetoed].map(([unit, { vetoes: fallen }]): [string, string[]] => [unit, [...fallen]]);
    if (JSON.stringify(before) !== JSON.stringify(standing)) found.remember.push([vetoName, standing]);
    if (isCurrent && store.memory('standingsDay') !== today) {
      const told = await ofYesterday(answer);
      found.news.push(...told.news);
      found.remember.push(...told.remember, ['standingsDay', today]);
    }
    return found;
  }

  /** How the last day that is over ended, against how earlier ones did: not in the middle of what people send. */
  async function ofYesterday({ plan, on }: RankingAnswer): Promise<Found> {
    const { year } = plan;
    const today = dayOfNumber(dayNumber(on) - 1);
    const closed = today.startsWith(`${year}-`) ? await looks.rankingAt(plan, today) : undefined;
    if (!closed) return { news: [], remember: [] };
    const { fallBy } = people.settings();
    const { version } = closed.plan;
    const before = store.memory<Standings>('standings');
    const told = standingNews(before, await looks.stood(closed), { year, version, today, fallBy });
    return { news: told.news, remember: [['standings', told.standings]] };
  }

  async function ofDecisions(): Promise<Found> {
    const since = now() - FRESH_MS;
    const after = store.memory<number[]>('decidedTo') ?? parts.watermark().map(() => 0);
    const { decided, offsets } = await looks.decided(after, since);
    const moved = formatWatermark(after) !== formatWatermark(offsets);
    return { news: decisionNews(decided), remember: moved ? [['decidedTo', [...offsets]]] : [] };
  }

  async function ofInbox(year: number, week: string): Promise<Found> {
    if (store.memory('waitingWeek') === week) return { news: [], remember: [] };
    const reviewers = parts.readers().filter(({ roles }) => roles.includes('reviewer'));
    const news = waitingNews(await parts.waiting(year, null), { year, week, account: null });
    for (const reviewer of reviewers)
      news.push(...waitingNews(await parts.waiting(year, reviewer), { year, week, account: reviewer.id }));
    return { news, remember: [['waitingWeek', week]] };
  }

  /** Queues messages for those who want them at once, and digests for those whose week is over. Within the transaction. */
  function tell(kept: readonly Kept[], { week, plans }: { week: string; plans: ReadonlyMap<number, Plan> }) {
    const settings = people.settings();
    const open = CHANNELS.filter((channel) => settings[channel]);
    if (open.length === 0) return;
    const readers = new Map(parts.readers().map((reader) => [reader.id, reader]));
    const byAudience = new Map<string, Kept[]>();
    for (const piece of kept)
      for (const audience of audiencesOf(piece.body))
        byAudience.set(audience, [...(byAudience.get(audience) ?? []), piece]);
    for (const { account, person } of people.all()) {
      const reader = readers.get(account);
      if (!reader) continue;
      const wanted = (piece: Kept): boolean =>
        person.kinds.includes(piece.body.kind) &&
        shownTo(piece.body, reader, plans.get(piece.body.year)) !== null;
      for (const channel of open) tellBy(channel, { account, person, reader, wanted });
    }

    type To = { account: string; person: Person; reader: Reader; wanted(piece: Kept): boolean };
    function tellBy(channel: Channel, { account, person, reader, wanted }: To): void {
      const way = person[channel];
      if (!way?.when || way.confirmedAt === null) return;
      const digest = person.digest[channel] ?? { week: '', upTo: store.last() };
      if (way.when === 'at-once') {
        const own = [...new Set(audiencesFor(reader).flatMap((one) => byAudience.get(one) ?? []))];
        const seqs = own.filter(wanted).map(({ seq }) => seq);
        if (seqs.length > 0) outbox.queue({ account, channel, of: 'at-once', seqs }, now());
        // Whoever changes to a weekly digest hears nothing twice.
        if (digest.week !== week || digest.upTo !== store.last())
          people.digested(account, channel, { week, upTo: store.last() });
        return;
      }
      // Who confirmed before there was a plan waits for the next week.
      if (digest.week === '') people.digested(account, channel, { ...digest, week });
      else if (digest.week !== week) {
        const seqs: number[] = [];
        for (const piece of store.list(audiencesFor(reader), Number.MAX_SAFE_INTEGER)) {
          if (piece.seq <= digest.upTo) break;
          if (wanted(piece)) seqs.push(piece.seq);
        }
        if (seqs.length > 0) outbox.queue({ account, channel, of: 'weekly', seqs }, now());
        people.digested(account, channel, { week, upTo: store.last() });
      }
    }
  }

  async function look(): Promise<Kept[] | null> {
    if (!(await store.write(() => lease.take()))) return null;
    if (!(await parts.caughtUp())) return null;
    const year = await yearOfNews(looks, now());
    const answers = [await looks.ranking(year), await looks.ranking(year - 1)].filter(
      (answer) => answer !== undefined,
    );
    const [latest] = answers;
    if (!latest) return null;
    const zone = latest.plan.timezone;
    const week = mondayOf(dayIn(zone, now() - MORNING_HOURS * 3_600_000), dayOfNumber);
    const found = [await ofDecisions(), await ofInbox(latest.plan.year, week)];
    for (const answer of answers) {
      // A year that is over still brings news of what is overdue.
      const isOpen =
        answer.on <= dayIn(zone, Date.parse(`${answer.plan.year + 1}-01-01`) + OVERDUE_DAYS * 86_400_000);
      if (answer === latest || isOpen) found.push(await ofRanking(answer, answer === latest));
      const { publication } = await parts.publication(answer.plan.year);
      found.push({ news: publicationNews(answer.plan.year, publication), remember: [] });
    }
    const plans = new Map(answers.map(({ plan }) => [plan.year, plan]));
    return store.write(() => {
      if (!lease.holds()) return null;
      const kept = store.add(
        found.flatMap(({ news }) => news),
        now(),
      );
      for (const [name, value] of found.flatMap(({ remember }) => remember)) store.remember(name, value);
      tell(kept, { week, plans });
      if (store.memory('week') !== week) store.remember('week', week);
      store.prune(now());
      return kept;
    });
  }

  return { look };
}
