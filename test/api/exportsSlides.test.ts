import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { make } from '#api/exports/render.ts';
import { readable } from '#api/exports/report/printable.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { notesOf } from '#api/exports/report/slides.ts';
import { type Deck, SLIDES } from '#schemas/deck.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { documentRows, type Fixture } from '#test/fixtures/documents.ts';
import { fixture, orderOf } from '#test/support/documents.ts';
import { bare, officeUnavailable, pagesOf, textOf, toPdf } from '#test/support/office.ts';
import { schemaFaults, schemasUnavailable } from '#test/support/ooxml/schemas.ts';
import { packageFaults } from '#test/support/package.ts';

const why = officeUnavailable();
if (why) process.stderr.write(`${why}\n`);

const HOSTILE = '=cmd|"/c"<script>&amp;]]>㙟 2026年“五型”交流会';

/** What may be asked for: an order of one's own, all that there is, texts as long and as hostile as may be, zones without much. */
const DECKS: { name: string; deck: Deck; rows: Fixture; complete?: boolean }[] = [
  {
    name: 'chosen',
    deck: { slides: 'next,cover,-groups,leaders', zone: HOSTILE, occasion: HOSTILE, organiser: HOSTILE },
    rows: fixture,
  },
  {
    name: 'long',
    deck: {
      slides: SLIDES.join(','),
      zone: '区'.repeat(200),
      occasion: '长'.repeat(200),
      organiser: 'W'.repeat(200),
    },
    rows: documentRows({ units: 12, hostile: '单'.repeat(200), names: ['W'.repeat(200)] }),
  },
  {
    name: 'empty',
    deck: { slides: SLIDES.join(',') },
    rows: documentRows({ basis: 'to-date', on: '2026-01-03', empty: true }),
    complete: false,
  },
  { name: 'one', deck: { slides: SLIDES.join(','), heldOn: '2026-12-18' }, rows: documentRows({ units: 1 }) },
];

const MADE = DECKS.flatMap((one) =>
  LANGUAGES.map((language) => ({ ...one, language, id: `${one.name}-${language}` })),
);
type One = (typeof MADE)[number];

const slideIds = ({ slides = '' }: Deck): string[] => slides.split(',').filter((id) => !id.startsWith('-'));

function orderFor({ deck, rows, language, complete = true }: One, format: 'pptx' | 'pdf', notes = false) {
  const order = orderOf({ document: 'meeting', format, language, rows, question: { complete } });
  return { ...order, slides: { deck, notes } };
}

/** What each slide asks, as the report says it. */
function questionsOf(one: One): string[] {
  const { document, reportData, language } = orderFor(one, 'pptx');
  const { slides, opening } = reportOf(document, reportData, language, 'slides', one.deck);
  return slides.map((slide) => (slide === 'cover' ? opening.occasion : slide.question));
}

/** The beginning of a text as a page has it: what is longer may be cut, and some fonts lack rare signs. */
const beginning = (text: string): string => bare(text).replace(/㙟.*$/u, '').slice(0, 12);

const bytes: Record<string, Uint8Array> = {};
let opened = new Map<string, Uint8Array>();

beforeAll(async () => {
  for (const one of MADE) bytes[`${one.id}.pptx`] = (await make(orderFor(one, 'pptx'))).bytes;
  if (!why) opened = await toPdf(bytes);
}, 600_000);

describe('given slides as somebody chose them', () => {
  it.each(MADE)(
    'then $id has the chosen slides in their order in the PDF, and its notes between them',
    async (one) => {
      const questions = questionsOf(one);
      expect(questions).toHaveLength(slideIds(one.deck).length);
      if (why) return;
      const pdf = (await make(orderFor(one, 'pdf'))).bytes;
      const pages = (await textOf(pdf)).split('\f').slice(0, -1);
      expect(pages).toHaveLength(questions.length);
      for (const [at, question] of questions.entries())
        expect(bare(pages[at] ?? ''), `${at + 1}`).toContain(beginning(question));
      const withNotes = (await make(orderFor(one, 'pdf', true))).bytes;
      expect(await pagesOf(withNotes)).toBe(2 * questions.length);
    },
  );

  it.skipIf(why).each(MADE)(
    'then $id opens with the same slides in the same order as a presentation',
    async (one) => {
      const pdf = opened.get(one.id);
      if (!pdf) throw new Error(`${one.id} did not open`);
      const pages = (await textOf(pdf)).split('\f').slice(0, -1);
      const questions = questionsOf(one);
      expect(pages).toHaveLength(questions.length);
      for (const [at, question] of questions.entries())
        expect(bare(pages[at] ?? ''), `${at + 1}`).toContain(beginning(question));
    },
  );

  it.each(MADE)('then $id has what can be said beside each slide, and nothing else, in its notes', (one) => {
    const { document, reportData, language } = orderFor(one, 'pptx');
    const report = readable(reportOf(document, reportData, language, 'slides', one.deck));
    const parts = unzipSync(bytes[`${one.id}.pptx`] ?? new Uint8Array());
    for (const [at, slide] of report.slides.entries()) {
      const xml = strFromU8(parts[`ppt/notesSlides/notesSlide${at + 1}.xml`] ?? new Uint8Array());
      const paragraphs = Array.from(xml.matchAll(/<a:t>([^<]*)<\/a:t>/g), ([, text = '']) => text).slice(
        0,
        -1,
      );
      const said = notesOf(report, slide);
      expect(said.length).toBeGreaterThan(0);
      expect(paragraphs.map((text) => text.replace(/&(lt|gt|quot|apos|amp);/g, '?'))).toEqual(
        said.map((text) => text.replace(/[<>"'&]/g, '?')),
      );
      if (slide !== 'cover') expect(said).toEqual(expect.arrayContaining(slide.findings));
    }
  });

  it.each(MADE)('then the package of $id is sound', ({ id }) => {
    expect(packageFaults(bytes[`${id}.pptx`] ?? new Uint8Array())).toEqual([]);
  });

  it.skipIf(schemasUnavailable())(
    'then every part is valid by the published schemas',
    async () => {
      expect(await schemaFaults(bytes)).toEqual([]);
    },
    300_000,
  );
});

describe('given nobody chose', () => {
  const usual = (question: Parameters<typeof orderOf>[0]['question'], rows = fixture) => {
    const { document, reportData, language } = orderOf({ document: 'meeting', question, rows });
    return reportOf(document, reportData, language, 'slides').slides.map((slide) =>
      slide === 'cover' ? slide : slide.id,
    );
  };

  it('then the slides are those that have something to show', () => {
    expect(usual({})).not.toContain('movers');
    const since = (places: number): Fixture => ({
      ...fixture,
      rows: fixture.rows.map((row) => ({
        ...row,
        previousRank: row.rank === null ? null : row.rank + places,
      })),
    });
    expect(usual({ compareTo: 2025 }, since(1))).toContain('movers');
    expect(usual({ compareTo: 2025 }, since(0))).not.toContain('movers');
    expect(usual({ group: 'farm' })).not.toContain('groups');
    expect(usual({}, documentRows({ units: 1 }))).not.toContain('groups');
  });
});

describe('given totals that bars from zero do not tell apart', () => {
  it('then the first slide shows them as dots that can be edited, on an axis whose beginning is told', async () => {
    const one = MADE.find(({ id }) => id === 'chosen-en');
    if (!one) throw new Error('no such deck');
    const parts = unzipSync(bytes['chosen-en.pptx'] ?? new Uint8Array());
    const charts = Object.entries(parts).filter(([name]) => /^ppt\/charts\/chart\d+\.xml$/.test(name));
    const xml =
      charts.map(([, part]) => strFromU8(part)).find((part) => part.includes('<c:scatterChart>')) ?? '';
    const from = /<c:min val="([\d.]+)"\/>/.exec(xml)?.[1];
    expect(Number(from)).toBeGreaterThan(0);
    const slide = strFromU8(parts['ppt/slides/slide3.xml'] ?? new Uint8Array());
    expect(slide).toContain(readable(`The axis begins at ${from} points, not at 0`));
    const first = fixture.rows.slice(0, 8).map(({ total }) => total);
    const dots = /<c:xVal>.*?<\/c:xVal>/s.exec(xml)?.[0] ?? '';
    expect(Array.from(dots.matchAll(/<c:v>([\d.]+)<\/c:v>/g), ([, value]) => Number(value))).toEqual(first);
  });
});
