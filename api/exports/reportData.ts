import type { MeetingReads } from '#api/answers/meeting/meeting.ts';
import type { Sources } from '#api/answers/meeting/sources.ts';
import { Problem } from '#api/http/problem.ts';
import type { Cacheable, Question, Reads } from '#api/ports.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { withOpen } from '#schemas/presentation/answers/commendable.ts';
import type { GapMatrix, Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { boardFrom } from './report/board.ts';
import type { ReportData } from './report/frame.ts';
import type { DocumentName } from './report/model.ts';

/** Gathers what a document is made of: the very answers that the screen shows. */

export type ReportRequest = Question & {
  document: DocumentName;
  /** For the document of one unit. */
  unit?: string | undefined;
};

export type ReportDataParts = {
  reads: Pick<Reads, 'ranking' | 'gaps' | 'standing'>;
  sources: Pick<Sources, 'plan' | 'awards'>;
  meeting: Pick<MeetingReads, 'commendations' | 'teaching'>;
  now(): number;
};

const readKept = <T>(kept: Cacheable<T>): T =>
  'value' in kept ? kept.value : (JSON.parse(Buffer.from(kept.bytes).toString()) as T);

/** As the pages ask by default. */
const QUOTA = '10%';
const PER_GROUP = '1';
const LISTED = 5;

/** Events that come in between two answers make them differ; then both are asked again, a few times. */
const TRIES = 3;

type Answers = { ranking: Ranking; gaps?: GapMatrix; standing?: Standing };

async function alike(ask: () => Promise<Answers>): Promise<Answers> {
  for (let tried = 1; ; tried++) {
    const answers = await ask();
    const { ranking, gaps, standing } = answers;
    if ((gaps ?? standing ?? ranking).watermark === ranking.watermark || tried === TRIES) return answers;
  }
}

/** Documents wait for the bands, which an answer about the present may do without. */
async function wholeRanking(reads: ReportDataParts['reads'], question: Question): Promise<Ranking> {
  for (let tried = 1; ; tried++) {
    const answer = readKept(await reads.ranking(question, {}));
    const first = answer.rows[0] as RankingRow | undefined;
    if (!first || first.rank === null || first.band !== null || tried === TRIES * 10) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const question = ({ year, basis, on, asOf, group, compareTo, top, weights }: ReportRequest): Question => ({
  year,
  basis,
  ...(on !== undefined && { on }),
  ...(asOf !== undefined && { asOf }),
  ...(group !== undefined && { group }),
  ...(compareTo !== undefined && { compareTo }),
  ...(top !== undefined && { top }),
  ...(weights !== undefined && { weights }),
});

function refuse(field: string, message: string): Problem {
  return new Problem('invalid-parameter', `${field}: ${message}.`, { errors: [{ field, message }] });
}

/** Says what goes together before anything is asked. */
export function checkReportRequest({ document, unit, group, weights }: ReportRequest): void {
  if (document === 'unit' && unit === undefined)
    throw refuse('unit', 'is needed for the document unit: the id of the unit');
  if (document !== 'unit' && unit !== undefined)
    throw refuse('unit', `goes with the document unit only, not with ${document}`);
  if (document === 'unit' && group !== undefined)
    throw refuse('group', 'does not go with the document of one unit');
  if (document !== 'ranking' && weights !== undefined)
    throw refuse('weights', `go with the document ranking only, as a trial, not with ${document}`);
}

/** The plan with other weights for its criteria: charts show what each type brings under these. */
const reweighed = (plan: Plan, weights: NonNullable<Question['weights']>): Plan => ({
  ...plan,
  criteria: plan.criteria.map((criterion) => ({
    ...criterion,
    weight: entryOf(weights, criterion.id) ?? criterion.weight,
  })),
});

export function createReportData({ reads, sources, meeting, now }: ReportDataParts) {
  async function answersFor(request: ReportRequest): Promise<Answers> {
    const asked = question(request);
    const { unit } = request;
    return alike(async () => {
      if (unit === undefined) {
        const [ranking, gaps] = await Promise.all([wholeRanking(reads, asked), reads.gaps(asked)]);
        return { ranking, gaps: readKept(gaps) };
      }
      const [ranking, standing] = await Promise.all([
        wholeRanking(reads, asked),
        reads.standing(unit, asked),
      ]);
      return { ranking, standing };
    });
  }

  /** What the meeting's pages show, for the documents that tell it. */
  async function agendaFor(request: ReportRequest): Promise<Pick<ReportData, 'board'>> {
    const { document, group, top, weights } = request;
    // Whom the department proposes and pairs follows the official ranking, and has no place in a trial.
    if (weights !== undefined || (document !== 'ranking' && document !== 'meeting')) return {};
    const { compareTo: _c, top: _t, group: _g, ...seen } = question(request);
    const quota = top === undefined ? QUOTA : String(top);
    const [cache, teaching] = await Promise.all([
      meeting.commendations({ ...seen, quota, perGroup: PER_GROUP }).then(readKept),
      meeting.teaching({ ...seen, ...(group !== undefined && { group }), limit: LISTED }).then(readKept),
    ]);
    return { board: boardFrom(cache.candidates, teaching.topics) };
  }

  /** Throws a `Problem` where there is no plan, no such unit, or nobody in the group. */
  return async (request: ReportRequest): Promise<ReportData> => {
    checkReportRequest(request);
    const [{ ranking, gaps, standing }, plan, awards, agenda] = await Promise.all([
      answersFor(request),
      sources.plan(request),
      sources.awards(request),
      agendaFor(request),
    ]);
    const rows = withOpen(ranking).rows as RankingRow[];
    const { group, compareTo, top, weights } = request;
    if (group !== undefined && rows.length === 0)
      throw new Problem('not-found', `Nobody of the group ${group} is ranked in ${request.year}.`);
    const { basis, on, asOf, watermark, complete } = ranking;
    return {
      plan: weights ? reweighed(plan, weights) : plan,
      question: {
        year: request.year,
        basis,
        on,
        asOf,
        ...(group !== undefined && { group }),
        ...(compareTo !== undefined && { compareTo }),
        ...(top !== undefined && { top }),
        ...(weights !== undefined && { trial: true }),
        watermark,
        complete,
        madeAt: new Date(now()).toISOString(),
      },
      rows: standing ? rows.filter((row) => row.group === standing.row.group) : rows,
      gaps,
      standing,
      awards: weights ? [] : awards,
      ...agenda,
    };
  };
}

export type ReportDataSource = ReturnType<typeof createReportData>;
