import { askRanking, stillOn } from '#api/answers/asked.ts';
import { Problem } from '#api/http/problem.ts';
import type { AgendaQuestion, PageReads } from '#api/ports.ts';
import { latestRecorded } from '#api/queries/lastRecorded.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { dueDaysAfter, makeAgenda } from '#schemas/agenda.ts';
import { dayNumber, dayOfNumber } from '#schemas/dates.ts';
import { endOfDay } from '#schemas/months.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { Agenda, Obligation } from '#schemas/results/agenda.ts';
import type { Verdict } from '#schemas/scoring.ts';
import { calendarFile } from './calendarFile.ts';
import { headed, inGroup, type PageParts } from './parts.ts';

/** What is due within a range, of all types or one, and who of these units owes it. */
export async function obligationsOf(
  { judge }: Pick<RankingAnswer, 'judge'>,
  verdicts: readonly Verdict[],
  { from, to, limit, criterion }: { from: string; to: string; limit: number; criterion?: string | undefined },
): Promise<Obligation[]> {
  const agenda = makeAgenda(judge, { from, to }, limit);
  await calmly(verdicts, agenda.add);
  const all = agenda.obligations();
  return criterion === undefined ? all : all.filter((one) => one.criterion === criterion);
}

/** The first day after `after` on which something is due that somebody owes, and how much is due then. */
export async function nextBatch(
  answer: Pick<RankingAnswer, 'judge'>,
  verdicts: readonly Verdict[],
  after: string,
  criterion?: string | undefined,
): Promise<{ due: string; obligations: number } | null> {
  for (const due of dueDaysAfter(answer.judge.plan, after)) {
    const found = await obligationsOf(answer, verdicts, { from: due, to: due, limit: 0, criterion });
    const owed = found.filter(({ owing }) => owing > 0);
    if (owed.length > 0) return { due, obligations: owed.length };
  }
  return null;
}

function chosen(answer: RankingAnswer, { unit, group, year }: AgendaQuestion): readonly Verdict[] {
  const { verdicts } = inGroup(answer, group);
  if (unit === undefined) return verdicts;
  const own = verdicts.filter(({ tally }) => tally.unit === unit);
  if (own.length === 0) throw new Problem('not-found', `No unit ${unit} is ranked in ${year}.`);
  return own;
}

export function createAgendas(parts: PageParts): Pick<PageReads, 'agenda' | 'calendar'> {
  const { ask, cache, cached, offsets, now } = parts;

  async function make(question: AgendaQuestion) {
    const { year, basis, on, asOf, from = `${year}-01-01`, to = `${year}-12-31`, limit } = question;
    const answer = await askRanking(cache, { year, basis, on, asOf });
    const value: Agenda = {
      obligations: await obligationsOf(answer, chosen(answer, question), { from, to, limit }),
      from,
      to,
      ...(await headed(parts, question, answer)),
    };
    return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
  }

  /** Events change it, and so does the day that begins. */
  async function lastChange({ plan, on, asOf, offsets: read }: RankingAnswer): Promise<number> {
    const recorded = (await latestRecorded(ask, read, asOf)) ?? 0;
    const morning = endOfDay(plan.timezone, dayOfNumber(dayNumber(on) - 1)) + 1;
    return morning <= now() ? Math.max(recorded, morning) : recorded;
  }

  return {
    async calendar({ language, ...question }) {
      const { year, basis, on, asOf, unit, limit } = question;
      const answer = await askRanking(cache, { year, basis, on, asOf });
      const range = { from: `${year}-01-01`, to: `${year}-12-31`, limit };
      const obligations = await obligationsOf(answer, chosen(answer, question), range);
      const changedAt = await lastChange(answer);
      return calendarFile({ plan: answer.plan, obligations, language, changedAt, unit });
    },

    agenda: (question) => cached(['agenda', question], formatWatermark(offsets()), () => make(question)),
  };
}
