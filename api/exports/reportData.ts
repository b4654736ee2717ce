import type { MeetingReads } from '#api/answers/meeting/meeting.ts';
import type { Sources } from '#api/answers/meeting/sources.ts';
import { Problem } from '#api/http/problem.ts';
import type { Cacheable, Question, Reads } from '#api/ports.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import type { GapMatrix, Ranking, Standing } from '#schemas/results/results.ts';
import { boardFrom } from './report/board.ts';
import type { ReportData } from './report/frame.ts';
import type { Gathered } from './report/gathered.ts';
import { type DocumentName, type Format, isPicture } from './report/model.ts';

/**
 * Gathers what a document is made of: the very answers that the screen shows. Long ones stay the bytes that they are kept
 * as, and are parsed in the process that makes documents.
 */

export type ReportRequest = Question & {
  document: DocumentName;
  /** For the document of one unit. */
  unit?: string | undefined;
};

export type ReportDataParts = {
  reads: Pick<Reads, 'ranking' | 'gaps' | 'standing'>;
  sources: Pick<Sources, 'plan' | 'awards' | 'sealed'>;
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

/** What a document asks for beside the ranking: to make gaps and pairs of a large zone takes longer than most documents. */
export type Needs = { gaps: boolean; board: boolean };

/** Of CSV the first table alone is made, of pictures one chart; neither tells who is proposed or paired. */
export function needsOf(document: DocumentName, format?: Format): Needs {
  const isTold = format !== 'csv' && !(format && isPicture(format));
  return {
    gaps: document !== 'unit' && (document === 'gaps' || format !== 'csv'),
    board: isTold && (document === 'ranking' || document === 'meeting'),
  };
}

type Answers = { ranking: Cacheable<Ranking>; gaps?: Cacheable<GapMatrix>; standing?: Standing };
type Told = Pick<Ranking, 'basis' | 'on' | 'asOf' | 'watermark' | 'complete' | 'nothingThen' | 'versionThen'>;

const toldBy = (kept: Cacheable<Ranking>): Told & { units: number } =>
  'value' in kept
    ? { ...kept.value, units: kept.value.rows.length }
    : { ...kept.head, units: kept.head.rows };

const watermarkOf = (kept: Cacheable<Pick<Ranking, 'watermark'>>): string =>
  ('value' in kept ? kept.value : kept.head).watermark;

/** Without what the cache keeps beside the bytes. */
const given = <T>(kept: Cacheable<T>): { value: T } | { bytes: Uint8Array } =>
  'value' in kept ? kept : { bytes: kept.bytes };

async function alike(ask: () => Promise<Answers>): Promise<Answers> {
  for (let tried = 1; ; tried++) {
    const answers = await ask();
    const { ranking, gaps, standing } = answers;
    const marks = [gaps && watermarkOf(gaps), standing?.watermark];
    const isAlike = marks.every((mark) => mark === undefined || mark === watermarkOf(ranking));
    if (isAlike || tried === TRIES) return answers;
  }
}

/** Documents wait for the bands, which an answer about the present may do without. */
async function wholeRanking(
  reads: ReportDataParts['reads'],
  question: Question,
): Promise<Cacheable<Ranking>> {
  for (let tried = 1; ; tried++) {
    const answer = await reads.ranking(question, {});
    if ('value' in answer || !answer.awaits || tried === TRIES * 10) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const question = ({ year, basis, on, asOf, group, compareTo, top, weights }: ReportRequest): Question => ({
  year,
  basis,
  ...(on !== undefined && { on }),
  ...(asOf !== undefined && { asOf }),
  ...(group !== undefined && { group }),
  ...(top !== undefined && { top }),
  // A trial is compared with the ranking that it departs from, as on screen, and with no other time.
  ...(weights !== undefined ? { weights, againstPlan: true } : compareTo !== undefined && { compareTo }),
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
  async function answersFor(request: ReportRequest, needs: Needs): Promise<Answers> {
    const asked = question(request);
    const { unit } = request;
    return alike(async () => {
      const [ranking, gaps, standing] = await Promise.all([
        wholeRanking(reads, asked),
        needs.gaps ? reads.gaps(asked) : undefined,
        unit === undefined ? undefined : reads.standing(unit, asked),
      ]);
      return { ranking, ...(gaps && { gaps }), ...(standing && { standing }) };
    });
  }

  /** What the meeting's pages show, for the documents that tell it. */
  async function agendaFor(request: ReportRequest, needs: Needs): Promise<Pick<ReportData, 'board'>> {
    const { group, top, weights } = request;
    // Whom the department proposes and pairs follows the official ranking, and has no place in a trial.
    if (weights !== undefined || !needs.board) return {};
    const { compareTo: _c, top: _t, group: _g, ...seen } = question(request);
    const quota = top === undefined ? QUOTA : String(top);
    const [cache, teaching] = await Promise.all([
      meeting.commendations({ ...seen, quota, perGroup: PER_GROUP }).then(readKept),
      meeting.teaching({ ...seen, ...(group !== undefined && { group }), limit: LISTED }).then(readKept),
    ]);
    return { board: boardFrom(cache.candidates, teaching) };
  }

  /** Throws a `Problem` where there is no plan, no such unit, or nobody in the group. */
  return async (request: ReportRequest, needs = needsOf(request.document)): Promise<Gathered> => {
    checkReportRequest(request);
    const [{ ranking, gaps, standing }, plan, awards, sealed, agenda] = await Promise.all([
      answersFor(request, needs),
      sources.plan(request),
      sources.awards(request),
      sources.sealed(request),
      agendaFor(request, needs),
    ]);
    const { basis, on, asOf, watermark, complete, units, nothingThen, versionThen } = toldBy(ranking);
    const { group, compareTo, top, weights } = request;
    if (group !== undefined && units === 0)
      throw new Problem('not-found', `Nobody of the group ${group} is ranked in ${request.year}.`);
    return {
      plan: weights ? reweighed(plan, weights) : plan,
      question: {
        year: request.year,
        basis,
        on,
        asOf,
        ...(group !== undefined && { group }),
        ...(compareTo !== undefined && weights === undefined && { compareTo }),
        ...(nothingThen && { nothingThen }),
        ...(versionThen !== undefined && { versionThen }),
        ...(top !== undefined && { top }),
        ...(weights !== undefined && { trial: true }),
        ...(sealed !== null && { sealed }),
        watermark,
        complete,
        madeAt: new Date(now()).toISOString(),
      },
      ranking: given(ranking),
      gaps: gaps && given(gaps),
      standing,
      awards: weights ? [] : awards,
      ...agenda,
    };
  };
}

export type ReportDataSource = ReturnType<typeof createReportData>;
