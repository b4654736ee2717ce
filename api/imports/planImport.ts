import { presentBy } from '#api/answers/present.ts';
import { Problem } from '#api/http/problem.ts';
import { type Adopt, unmeetableIn } from '#api/plans/adopt.ts';
import type { PageReads, Reads, SheetIntake } from '#api/ports.ts';
import { type ReadPlan, readPlan } from '#schemas/imports/plan/read.ts';
import { NoPlan, planSheets, unreadIn, yearIn } from '#schemas/imports/plan/sheets.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import { type Plan, year as planYear } from '#schemas/plan.ts';
import type {
  ImportCounts,
  ImportEffect,
  ImportedPlan,
  ImportReckoned,
  ImportRow,
} from '#schemas/results/imports.ts';
import { noPlanProblem } from './refusals.ts';

/** A plan that is brought as a workbook: one document, which is adopted as a whole or not at all. */

export type PlanOrder = {
  bytes: Uint8Array;
  dryRun: boolean;
  language: ImportLanguage;
  /** Of a file that does not say its year. */
  year?: number | undefined;
  /** Findings that are meant, though nobody could meet them. */
  despite?: readonly string[] | undefined;
};

export type PlanOutcome = {
  counts: ImportCounts;
  rows: ImportRow[];
  plan: ImportedPlan;
  effects: ImportEffect[];
  reckoned?: ImportReckoned;
  /** Heads of columns that were not read. */
  unread: string[];
  /** Whether this order has adopted it: not what stood already, nor what was rehearsed. */
  isAdopted: boolean;
};

export type PlanImport = (order: PlanOrder) => Promise<PlanOutcome>;

/** Units that are told, those that gain or lose most. */
const TOLD = 50;

/** Throws a `Problem` where the file holds no plan; where one is to be adopted, also where a row of it is wrong. */
export function createPlanImport(deps: {
  sheets: Pick<SheetIntake, 'planSheets'>;
  reads: Pick<Reads, 'plan'>;
  pages: Pick<PageReads, 'planPreview'>;
  adopt: Adopt;
  now: () => number;
}): PlanImport {
  async function effectsOf(document: Plan): Promise<Pick<PlanOutcome, 'effects' | 'reckoned'>> {
    const { rows } = await deps.pages.planPreview(document, { basis: 'to-date' });
    const moved = rows.flatMap(({ unit, name, draft, adopted }): ImportEffect[] => {
      const total = { before: adopted?.total ?? null, after: draft?.total ?? null };
      const rank = { before: adopted?.rank ?? null, after: draft?.rank ?? null, of: rows.length };
      const isSame = total.before === total.after && rank.before === rank.after;
      return isSame ? [] : [{ unit, name, year: document.year, total, rank }];
    });
    const gain = ({ total }: ImportEffect): number => Math.abs((total.after ?? 0) - (total.before ?? 0));
    const found = moved.length;
    return {
      effects: moved.toSorted((a, b) => gain(b) - gain(a)).slice(0, TOLD),
      reckoned: {
        rows: { of: 0, reckoned: 0 },
        units: { of: rows.length, reckoned: rows.length, found },
      },
    };
  }

  const thisYear = async (): Promise<number> =>
    (await presentBy(async (of) => (await adoptedPlan(deps.reads, of))?.timezone, deps.now())).year;

  return async ({ bytes, dryRun, language, year: asked, despite }) => {
    const sheets = await deps.sheets.planSheets(bytes, language);
    const { read, unread, adopted } = await orNoPlan(language, async () => {
      const found = planSheets(language, sheets);
      const year = yearIn(found) ?? asked ?? (await thisYear());
      const standing = planYear.safeParse(year).success ? await adoptedPlan(deps.reads, year) : undefined;
      const read = readPlan(language, found, { year, adopted: standing });
      return { read, unread: unreadIn(found), adopted: standing };
    });
    const { document, differences, lines } = read;
    const counts = countsOf(lines);
    const isNews = document !== null && (adopted === undefined || differences.length > 0);
    const plan = {
      document,
      adopted: adopted ? { year: adopted.year, version: adopted.version } : null,
      differences,
      unmeetable: isNews ? unmeetableIn(document, adopted ?? null, deps.now()) : [],
    };
    if (!dryRun && counts.refused > 0) throw faultyPlan(language, lines);
    const isAdopted =
      !dryRun &&
      isNews &&
      (await deps.adopt(document, { ...(despite && { despite }) }))?.status === 'appended';
    const moved = dryRun && isNews ? await effectsOf(document) : { effects: [] };
    return {
      counts,
      rows: lines.map(({ id, ...line }) => ({ ...line, ...(id && { id }) })),
      plan,
      unread,
      ...moved,
      isAdopted,
    };
  };
}

async function orNoPlan<T>(language: ImportLanguage, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof NoPlan) throw noPlanProblem(language, error);
    throw error;
  }
}

/** The plan in use; undefined while none is adopted for the year. */
export async function adoptedPlan(reads: Pick<Reads, 'plan'>, year: number): Promise<Plan | undefined> {
  try {
    return (await reads.plan(year)).plan;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function countsOf(lines: ReadPlan['lines']): ImportCounts {
  const counts: ImportCounts = { new: 0, already: 0, changed: 0, refused: 0 };
  for (const { status } of lines) counts[status]++;
  return counts;
}

/** A plan is one document: what is wrong with a row keeps all of it out. */
function faultyPlan(language: ImportLanguage, lines: ReadPlan['lines']): Problem {
  const errors = lines.flatMap(({ sheet, row, problems }) =>
    problems.map(({ column, message }) => ({
      field: [sheet, row, column].filter(Boolean).join(' '),
      message,
    })),
  );
  const detail =
    language === 'zh'
      ? '方案有误，没有采用；请按列出的问题改正后再传。'
      : 'The plan has faults and was not adopted: correct what is listed, and upload it again.';
  return new Problem('invalid', detail, { errors, members: { code: 'faulty-plan' } });
}
