import { someOpen } from '#schemas/presentation/answers/gaps.ts';
import { dayText, fullDayText } from '#schemas/presentation/days.ts';
import { plainText } from '#schemas/presentation/numbers.ts';
import { markedName, TRIAL_MARK } from '#schemas/presentation/trial.ts';
import { dayOf, moment, safeFileName } from './figures.ts';
import { type Frame, ranked } from './frame.ts';
import type { PageFormat, Report } from './model.ts';

/** What a trial carries on every page, in its name and its first line; undefined for what is no trial. */
export const markOf = ({ question, language }: Pick<Frame, 'question' | 'language'>): string | undefined =>
  question.trial ? TRIAL_MARK[language] : undefined;

const weightsOf = ({ criteria, list }: Frame): string =>
  list(criteria.map(({ label, weight }) => `${label} ${plainText(weight)}`));

/** What a document warns of at its head: that it is a trial, that a seal stands beside it, that its data is not complete. */
export function warningOf(frame: Frame): string | null {
  const mark = markOf(frame);
  const { year, sealed } = frame.question;
  const warnings = [
    ...(mark ? [`${mark}${frame.words.stop}`] : []),
    ...(sealed === undefined ? [] : [frame.words.cover.sealed(year, sealed)]),
    ...(frame.question.complete ? [] : [frame.words.cover.notFinal]),
  ];
  return warnings.length ? warnings.join('').trim() : null;
}

/**
 * What movement is against: `与 9 月 30 日相比`; null where nothing is compared. A trial is against the plan's weights.
 * Ranks that another version of the plan made are told as that: part of the moves is then the plan's.
 */
export function comparedWith({ words, question, plan, language }: Frame): string | null {
  const { year, basis, on, compareTo, nothingThen, versionThen, trial } = question;
  if (trial) return words.filter.comparePlan;
  if (nothingThen) return null;
  if (typeof compareTo === 'number') return words.filter.compareYear(compareTo);
  if (!compareTo) return null;
  const then = dayOf(plan.timezone, compareTo);
  const day = (Number(then.slice(0, 4)) === year ? dayText : fullDayText)(language, then);
  if (versionThen !== undefined) return words.filter.compareVersion(day, versionThen, plan.version);
  // Both sides are seen of the earlier day; then only what was known differs.
  return basis === 'to-date' && then > on ? words.filter.compareKnown(day) : words.filter.compareDay(day);
}

type Seen = Pick<Frame, 'words' | 'question' | 'plan'>;

/** The whole year takes in all that is known: another day than the last one says from where deadlines are seen, and no more. */
const onlyLooksFrom = ({ question: { basis, on, asOf, madeAt }, plan }: Seen): boolean =>
  basis === 'year' && on < dayOf(plan.timezone, asOf ?? madeAt);

const seenFrom = (seen: Seen, day: string): string =>
  onlyLooksFrom(seen) ? seen.words.filter.seenFrom(day) : seen.words.filter.on(day);

/**
 * The filters in one sentence, as on screen: `2026 年 · 按进度 · 全部类别 · 截至 11 月 22 日`. What something is compared with
 * is told only over what `compares`.
 */
export function filterSentence(frame: Frame, { compares }: { compares: boolean }): string {
  const { words, question, plan, language, term } = frame;
  const { year, basis, on, asOf, group } = question;
  const mark = markOf(frame);
  // The day on which a year that is over was looked at is none of that year.
  const seenOn = (day: string): string =>
    (Number(day.slice(0, 4)) === year ? dayText : fullDayText)(language, day);
  const parts = [
    ...(mark ? [mark, weightsOf(frame)] : []),
    words.filter.year(year),
    words.filter.basis[basis],
    group === undefined ? words.filter.allGroups : term(group),
    seenFrom(frame, seenOn(on)),
  ];
  if (asOf) parts.push(words.filter.asOf(seenOn(dayOf(plan.timezone, asOf))));
  const compared = compares ? comparedWith(frame) : null;
  if (compared !== null) parts.push(compared);
  if (compares && question.nothingThen) parts.push(words.filter.compareNothing);
  return parts.join(' · ');
}

/** What the document rests on, for its cover. */
export function coverOf(frame: Frame, of: { compares: boolean }): Report['cover'] {
  const { words, plan, question, rows, name } = frame;
  const { cover } = words;
  const basis = cover.basisIs[question.basis];
  // A workbook counts who falls short, and has no sentence beside it.
  const isOpen = !frame.standing && someOpen(frame.gaps?.requirements ?? []);
  const units = frame.units ?? { all: rows.length, ranked: ranked(rows).length };
  return [
    [cover.plan, cover.planIs(name(plan.title), plan.version)],
    [cover.filters, filterSentence(frame, of)],
    [cover.basis, isOpen ? cover.basisOpen(basis) : basis],
    [
      cover.on,
      onlyLooksFrom(frame)
        ? seenFrom(frame, fullDayText(frame.language, question.on))
        : fullDayText(frame.language, question.on),
    ],
    [cover.asOf, question.asOf ? moment(plan.timezone, question.asOf) : cover.asOfNow],
    [cover.units, cover.unitsOf(units.all, units.ranked)],
    [cover.watermark, question.watermark],
    [cover.complete, cover.completeIs[question.complete ? 'true' : 'false']],
    [cover.madeAt, moment(plan.timezone, question.madeAt)],
  ];
}

/** `按全年，截至 2026 年 11 月 22 日`, and as known when, where the past is replayed. */
export const basisPhrase = ({ words, question, plan, language }: Frame): string =>
  [
    words.filter.basis[question.basis],
    seenFrom({ words, question, plan }, fullDayText(language, question.on)),
    ...(question.asOf ? [words.filter.asOf(fullDayText(language, dayOf(plan.timezone, question.asOf)))] : []),
  ].join(words.comma);

export const dateOf = ({ plan, question, language }: Frame): string =>
  fullDayText(language, dayOf(plan.timezone, question.madeAt));

/** The group in a title, empty for the whole zone. */
export const scopeTitle = ({ question, term }: Frame): string =>
  question.group === undefined ? '' : term(question.group);

export const scopeSuffix = (frame: Frame): string =>
  frame.question.group === undefined ? '' : frame.words.file.scope(scopeTitle(frame));

/**
 * What a file's name ends in where what it holds is of a day: `（按进度，截至2026-11-22）`. Two days of one document are two
 * files; and a replay of the past names the day of what was known.
 */
export function dayEnding({ words, question, plan }: Seen): string {
  const { basis, on, asOf } = question;
  const days = [
    ...(basis === 'to-date' ? [words.file.toDate(on)] : []),
    ...(asOf ? [words.file.asOf(dayOf(plan.timezone, asOf))] : []),
  ];
  return days.length > 0 ? words.file.scope(days.join(words.comma)) : '';
}

/** The file name of every format, safe, with its day; that of a trial is led by its mark. */
export function fileNames(frame: Frame, names: Record<PageFormat, string>): Record<PageFormat, string> {
  const safe = (name: string): string => safeFileName(markedName(markOf(frame), name), dayEnding(frame));
  const { csv, xlsx, docx, pptx, pdf } = names;
  return { csv: safe(csv), xlsx: safe(xlsx), docx: safe(docx), pptx: safe(pptx), pdf: safe(pdf) };
}
