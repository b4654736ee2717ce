import { type ActivityBody, ORGANISATION } from '#schemas/events.ts';
import { SELF_INSPECTION } from '#schemas/plan.ts';
import { stateOf } from '#schemas/presentation/answers/recorded.ts';
import type { ActivityRow, ConditionRow } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';
import type { Subject } from './subject.ts';

/** How many activities make up a figure, and how many do not count. */
export function activitiesAnswer(
  words: Words,
  name: string,
  subject: Subject,
  activities: readonly ActivityRow[],
  {
    more = false,
    condition,
  }: { more?: boolean; condition?: Pick<ConditionRow, 'status' | 'metOn' | 'by'> | undefined } = {},
): string[] {
  if (subject.kind === SELF_INSPECTION && condition) return [inspectionSentence(words, name, condition)];
  const incident = subject.list === 'incidents';
  if (activities.length === 0)
    return [words.say(incident ? 'activities.answerNoIncident' : 'activities.answerNone', { name })];
  const counted = activities.filter((row) => countsFor(subject, row)).length;
  if (more) return [words.say('activities.answerSoFar', { name, of: activities.length }, counted)];
  const rest = activities.length - counted;
  return [
    words.say(incident ? 'activities.answerIncidents' : 'activities.answer', { name }, counted),
    ...(rest > 0 ? [words.say('activities.answerUnmatched', {}, rest)] : []),
  ];
}

/** The condition that a self-inspection meets: whether one has come, and by when it had or has to. */
function inspectionSentence(
  words: Words,
  name: string,
  { status, metOn, by }: Pick<ConditionRow, 'status' | 'metOn' | 'by'>,
): string {
  if (metOn !== null) return words.say('activities.answerInspected', { name, day: words.day(metOn) });
  const key = status === 'missed' ? 'activities.answerInspectedLate' : 'activities.answerToInspect';
  return words.say(key, { name, day: words.day(by) });
}

/** Whether an activity makes up the figure: for a requirement, in its own measure. */
export const countsFor = (
  { list, id }: Subject,
  row: Pick<ActivityRow, 'counts' | 'requirements'>,
): boolean => row.counts && (list !== 'requirements' || row.requirements.includes(id));

type Judged = Pick<ActivityRow, 'counts' | 'state' | 'waived' | 'unmatched'>;

/** Whether an activity counts for what is looked at, and why not where that is known. */
export function verdictWord(words: Words, row: Judged, counts: boolean): string {
  if (counts) return words.say('activities.counts');
  if (row.unmatched.length > 0) return words.say('activities.unmatched');
  // Reported and in force, it counts unless the plan counts what is verified alone.
  const waits = !row.counts && row.state === 'reported' && !row.waived;
  return words.say(waits ? 'activities.countsOnceVerified' : 'activities.countsNot');
}

type Event = ActivityRow['history'][number];

/** How an activity stands: one that the department entered was recorded, not reported. */
export const stateWord = (words: Words, row: Pick<ActivityRow, 'state' | 'recordedBy'>): string => {
  const state = stateOf(row);
  return words.say(state === 'recorded' ? 'activities.recordedState' : `activities.${state}`);
};

/** What happened to it, in a word. */
export function eventWord(
  words: Words,
  { type, outcome, source }: Pick<Event, 'type' | 'outcome' | 'source'>,
): string {
  // A unit reports; what the department enters is put on record.
  if (type === 'activity.recorded' && source === ORGANISATION) return words.say('activities.recordedEvent');
  return words.event(type, outcome);
}

/** The figures that an activity reports, as its kind asks for them. */
export function reportedFigures(words: Words, row: ActivityBody): string[] {
  const { say, plain, term } = words;
  return [
    ...(row.form === undefined ? [] : [term(row.form)]),
    ...(row.quantity === undefined ? [] : [say('activities.quantity', { value: plain(row.quantity) })]),
    ...(row.due === undefined || row.done === undefined
      ? []
      : [say('activities.ratio', { due: plain(row.due), done: plain(row.done) })]),
    ...(row.members === undefined ? [] : [say('activities.members', {}, row.members.length)]),
    ...(row.score === undefined ? [] : [say('activities.scored', { value: plain(row.score) })]),
    ...(row.indicator === undefined || row.value === undefined
      ? []
      : [say('activities.indicatorValue', { indicator: term(row.indicator), value: plain(row.value) })]),
    ...(row.ledByHead ? [say('activities.ledByHead')] : []),
  ];
}
