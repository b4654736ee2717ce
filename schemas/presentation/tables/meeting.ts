import type { Topic } from '../../results/teaching.ts';
import { bandText } from '../numbers.ts';
import type { Speech } from '../speech.ts';
import { type Column, count, type Description, type Place, points, share, text } from '../table.ts';
import { group, rank, total, unitName } from './shared.ts';

/** Tables that a meeting decides by. */

export type CandidateLine = {
  rank: number | null;
  name: string;
  group: string;
  groupRank: number | null;
  total: number | null;
  band: readonly [number, number] | null;
  topShare: number | null;
  /** Why it is proposed, and where it is at its best and worst. */
  why: string;
  strongest: string | null;
  weakest: string | null;
  /** What of its activities stands out. */
  notable?: string;
};

type Looked = {
  title?: string;
  /** What the share of draws is called in which it stays among the first. */
  stable?: string;
  /** What stands out of its activities is told, under this head. */
  notable?: string;
  /** As many as totals have in the ranking that the candidates are taken from. */
  decimals?: number;
};

/** Those that may be commended. */
export function candidateTable<Row extends CandidateLine>(
  speech: Speech,
  { title, stable, notable, decimals }: Looked = {},
): Description<Row> {
  const { column, sheet } = speech.vocabulary;
  const deeds: Column<Row>[] = notable
    ? [text('notable', notable, (row) => row.notable ?? null, { width: 30, not: ['page'] })]
    : [];
  return {
    id: 'candidates',
    title: title ?? sheet.candidates,
    columns: [
      rank(speech),
      unitName(speech),
      { ...group<Row>(speech), not: ['screen'] },
      count('groupRank', column.groupRank, ({ groupRank }) => groupRank, { not: ['screen', 'page'] }),
      decimals === undefined ? total<Row>(speech) : { ...total<Row>(speech), ordering: false, decimals },
      text('band', column.band, ({ band }) => band && bandText(band), {
        centred: true,
        width: 8,
        not: ['phone', 'page'],
      }),
      share('topShare', stable ?? column.topShare, ({ topShare }) => topShare, { width: 11 }),
      // On screen both stand in one column, one below the other, and begin where its head does.
      text('extremes', column.extremes, ({ strongest }) => strongest, {
        not: ['phone', 'sheet', 'page'],
      }),
      text('strongest', column.strongest, ({ strongest }) => strongest, {
        width: 15,
        centred: true,
        not: ['screen'],
      }),
      text('weakest', column.weakest, ({ weakest }) => weakest, {
        width: 15,
        centred: true,
        not: ['screen'],
      }),
      text('why', column.why, ({ why }) => why, { width: 24, not: ['screen'] }),
      ...deeds,
    ],
  };
}

/** What the department decided. */
export const awardTable = (
  speech: Speech,
): Description<{ rank: number | null; name: string; honour: string; reason: string }> => {
  const { column, sheet } = speech.vocabulary;
  return {
    id: 'awards',
    title: sheet.awards,
    columns: [
      rank(speech),
      unitName(speech),
      text('honour', column.honour, ({ honour }) => honour, { width: 28 }),
      text('reason', column.reason, ({ reason }) => reason, { width: 40 }),
    ],
  };
};

type Side = { name: string; level: string | number | null };
export type PairLine = { topic: string; learner: Side; teacher: Side; practice: string };

/** A side's level: the score of a type, or the attainment of a requirement. */
const levelOf = <Row extends PairLine>(
  { vocabulary: { column } }: Speech,
  of: Topic['of'],
  side: 'learner' | 'teacher',
): Column<Row> => {
  const [id, options] = [`${side}Score`, { width: 8, not: ['screen'] as Place[] }];
  return of === 'criterion'
    ? points(id, column.score, (row) => row[side].level, { ...options, ordering: true, quantity: 'score' })
    : share(id, column.attainment, (row) => row[side].level, options);
};

/** Who can learn from whom, and what: at types unless it is said that the lines are of requirements. */
export const pairTable = <Row extends PairLine>(
  speech: Speech,
  { title, of = 'criterion' }: { title?: string; of?: Topic['of'] } = {},
): Description<Row> => {
  const { column, sheet } = speech.vocabulary;
  const head = of === 'criterion' ? column.criterion : column.requirement;
  return {
    id: 'pairs',
    title: title ?? sheet.pairs,
    columns: [
      text('topic', head, ({ topic }) => topic, { width: 13, not: ['screen'] }),
      text('name', column.learner, ({ learner }) => learner.name, { width: 19 }),
      levelOf<Row>(speech, of, 'learner'),
      text('teacher', column.teacher, ({ teacher }) => teacher.name, { width: 19 }),
      levelOf<Row>(speech, of, 'teacher'),
      text('practice', column.practice, ({ practice }) => practice, { width: 36, not: ['phone'] }),
    ],
  };
};
