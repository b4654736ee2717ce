import { type Deck, type SlideId, shownSlides } from '#schemas/deck.ts';
import { rankedGroups, type SlideRows, slidesFrom } from '#schemas/presentation/answers/meetingSlides.ts';
import { fullDayText } from '#schemas/presentation/days.ts';
import { boardOf } from './board.ts';
import { awardsOf, type Frame } from './frame.ts';
import type { Opening, Report, Section } from './model.ts';
import {
  candidateSection,
  incidentSection,
  missesSection,
  nextSection,
  pairSection,
} from './sections/findings.ts';
import { moversSection } from './sections/movers.ts';
import { criteriaSection, groupSection, overallSection } from './sections/overall.ts';
import { candidatesOf } from './tables/meetingTables.ts';

/** The slides of a report, and what is said while each is shown. */

/** A slide that somebody chose is there, and says why it has nothing to show. */
function oneGroup(frame: Frame): Section {
  const { words, rows, term } = frame;
  const [group] = rankedGroups(rows);
  const none = rows.length === 0 ? words.say.noUnits : words.say.nothing;
  const told = group === undefined ? none : words.say.oneGroup(term(group));
  return { id: 'groups', ...words.section.groups, findings: [told.trim()], charts: [], tables: [] };
}

const noMisses = ({ words }: Frame): Section => ({
  id: 'misses',
  ...words.section.misses,
  findings: [words.say.nothing.trim()],
  charts: [],
  tables: [],
});

/** What is looked at to find which slides have something to show. */
const slideRows = (frame: Frame): SlideRows => ({
  plan: frame.plan,
  rows: frame.rows,
  requirements: frame.gaps?.requirements ?? [],
  awards: awardsOf(frame).length,
  candidates: candidatesOf(frame).length,
  pairs: boardOf(frame).lessons.length,
});

type Make = (frame: Frame) => Section | null;

const MAKERS: Record<Exclude<SlideId, 'cover'>, Make> = {
  leaders: overallSection,
  groups: groupSection,
  types: criteriaSection,
  misses: missesSection,
  movers: moversSection,
  incidents: incidentSection,
  pairs: pairSection,
  commended: candidateSection,
  next: (frame) => nextSection(frame, { pairs: true }),
};
const WITHOUT: Partial<Record<SlideId, Make>> = { groups: oneGroup, misses: noMisses };

/** The slides of the meeting: those chosen, or the usual ones as far as they have something to show. */
export function meetingSlides(frame: Frame, deck: Deck): Report['slides'] {
  const { compareTo, nothingThen, group } = frame.question;
  const ids = shownSlides(deck, {
    compared: compareTo !== undefined && !nothingThen,
    grouped: group !== undefined,
  });
  return slidesFrom(ids, deck.slides !== undefined, slideRows(frame)).flatMap(({ id }): Report['slides'] => {
    if (id === 'cover') return [id];
    const section = MAKERS[id](frame) ?? WITHOUT[id]?.(frame);
    return section ? [section] : [];
  });
}

/** What the opening slide says: as chosen, else what the document itself says. */
export const openingOf = (
  { language, words }: Frame,
  { title, letter }: Pick<Report, 'title' | 'letter'>,
  { zone, occasion, heldOn, organiser }: Deck = {},
): Opening => ({
  zone: zone ?? words.opening.zone,
  occasion: occasion ?? title,
  date: heldOn === undefined ? letter.date : fullDayText(language, heldOn),
  organiser: organiser ?? letter.signer,
});

/**
 * What a speaker can say while a slide is shown: the findings of its section in full, its points, and how its picture
 * is read. Nothing that the document does not say.
 */
export function notesOf(report: Report, slide: Report['slides'][number]): string[] {
  if (slide === 'cover') {
    const { warning, letter, subtitle } = report;
    return [letter.opening, subtitle, ...(warning ? [warning] : [])];
  }
  const { findings, points = [], charts, slideChart } = slide;
  const note = (slideChart ?? charts[0])?.note;
  return [...findings, ...points.map(({ lead, text }) => lead + text), ...(note ? [note] : [])];
}
