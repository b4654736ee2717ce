import { entryOf } from '#schemas/entries.ts';
import type { Language } from '#schemas/languages.ts';
import type { Criterion, Plan } from '#schemas/plan.ts';
import { inARow, namesFor } from '#schemas/presentation/names.ts';
import { pointsText, totalDecimals } from '#schemas/presentation/numbers.ts';
import { COLORS, typeColors } from '#schemas/presentation/palette.ts';
import { nameIn, type Speech, speechOf } from '#schemas/presentation/speech.ts';
import type { GapMatrix, RankingRow, Standing } from '#schemas/results/results.ts';
import type { Board } from './board.ts';
import type { Question } from './model.ts';
import { en } from './words/en.ts';
import { type Words, zh } from './words/zh.ts';

export type Award = { unit: string; honour: string; reason: string };

/** Everything that a document is made from. Rows are those of the screen: of the zone, or of the question's group. */
export type ReportData = {
  plan: Plan;
  question: Question;
  /** In the order of the ranking. */
  rows: readonly RankingRow[];
  gaps?: GapMatrix | undefined;
  /** How many units there are, where the rows are only some of them. */
  units?: { all: number; ranked: number } | undefined;
  /** For the documents of one unit. */
  standing?: Standing | undefined;
  /** What the department has decided; without it documents propose candidates. */
  awards?: readonly Award[] | undefined;
  /** Whom the meeting proposes and pairs, for the documents that tell it. */
  board?: Board | undefined;
};

/** The reportData with the words to tell it in. */
export type Frame = ReportData &
  Speech & {
    words: Words;
    criteria: (Criterion & { label: string; color: string })[];
    /** A unit's place: within the group where the question asks for one. */
    placeOf: (row: RankingRow) => number | null;
    /** A total, with as many decimals as tell the totals of the rows apart: the same all through the document. */
    totalText: (total: number | null) => string;
    totalDecimals: number;
  };

const WORDS: Record<Language, Words> = { 'zh-CN': zh, en };

export const wordsIn = (language: Language): Words => WORDS[language];

export function frameOf(reportData: ReportData, language: Language): Frame {
  const words = wordsIn(language);
  const speech = speechOf(language);
  const decimals = totalDecimals([
    ...reportData.rows,
    ...(reportData.standing ? [reportData.standing.row] : []),
  ]);
  const colors = typeColors(reportData.plan.criteria.map(({ id }) => id));
  return {
    ...reportData,
    ...speech,
    words,
    criteria: reportData.plan.criteria.map((criterion) => ({
      ...criterion,
      label: speech.name(criterion.name),
      color: colors.get(criterion.id) ?? COLORS.muted,
    })),
    totalText: (total) => pointsText(total, decimals),
    totalDecimals: decimals,
    placeOf: (row) => (reportData.question.group === undefined ? row.rank : row.groupRank),
  };
}

/** N of "the top N": as asked, else a tenth of the ranked units, rounded up. */
export const topOf = ({ question, rows }: ReportData): number =>
  question.top ?? Math.max(1, Math.ceil((rows[0]?.of ?? 0) / 10));

/** What was awarded to the units of the document. */
export const awardsOf = ({ awards = [], rows }: Pick<ReportData, 'awards' | 'rows'>): readonly Award[] => {
  const units = new Set(rows.map(({ unit }) => unit));
  return awards.filter(({ unit }) => units.has(unit));
};

/** The name of a deduction or veto, which need not have one. */
export const incidentName = (frame: Frame, id: string): string =>
  nameIn(frame, [...frame.plan.deductions, ...frame.plan.vetoes], id);

/** Names in a row, each with what is said of it behind the name: quotation marks hold the name alone. */
export const rowWith = (
  { language }: Pick<Frame, 'language'>,
  names: readonly string[],
  tell: (name: string, at: number) => string,
): string => inARow(language, namesFor(language, names).map(tell));

/** All of them, the first few by name and the others by how many they are. */
export function someNames(
  { words, list }: Pick<Frame, 'words' | 'list'>,
  rows: readonly Pick<RankingRow, 'name'>[],
  most: number,
): string {
  const left = rows.length - most;
  const names = list(
    rows.slice(0, most).map(({ name }) => name),
    { more: left > 0 },
  );
  return left > 0 ? words.say.andMore(names, left) : names;
}

/** Ranked rows, each with its total. */
export const ranked = (rows: readonly RankingRow[]): (RankingRow & { rank: number; total: number })[] =>
  rows.flatMap((row) =>
    row.rank === null || row.total === null ? [] : [{ ...row, rank: row.rank, total: row.total }],
  );

/** The groups of the rows, in the order in which they first appear by id. */
export const groupsOf = (rows: readonly RankingRow[]): string[] =>
  [...new Set(rows.map(({ group }) => group))].sort((a, b) => (a < b ? -1 : 1));

/** Scores of a criterion with their rows, best first; equal ones in ranking order. */
export const scoresOf = (
  rows: readonly RankingRow[],
  criterion: string,
): { row: RankingRow; score: number }[] =>
  rows
    .flatMap((row) => {
      const score = entryOf(row.criteria, criterion);
      return score == null ? [] : [{ row, score }];
    })
    .sort((a, b) => b.score - a.score);
