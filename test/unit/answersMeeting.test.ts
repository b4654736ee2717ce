import { describe, expect, test } from 'vitest';
import { candidatesOf, quotaOf } from '#schemas/candidates.ts';
import { commendationFacts } from '#schemas/presentation/answers/commendation.ts';
import { decisionFact } from '#schemas/presentation/answers/decisions.ts';
import { incidentFacts } from '#schemas/presentation/answers/incidents.ts';
import { rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import { teachingFacts } from '#schemas/presentation/answers/teaching.ts';
import { trialFacts } from '#schemas/presentation/answers/trial.ts';
import { exactMean, totalDecimals } from '#schemas/presentation/numbers.ts';
import { teachingIn } from '#test/support/board.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords, writtenLead } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { barWords, commendationAnswer, shortlistOf } from '../../dashboard/pages/commendation/candidates.ts';
import { type SlideInput, slidesOf } from '../../dashboard/pages/meeting/slides.ts';
import { whatIfAnswer } from '../../dashboard/pages/ranking/whatIf/answer.ts';
import {
  agendaTopics,
  pairSheet,
  teachingAnswer,
  unpairedWord,
} from '../../dashboard/pages/teaching/topics.ts';

const LOCALES = ['zh-CN', 'en'] as const;
const QUOTAS = ['10%', '3', '50%'];

/** What the meeting's pages show of a random zone: of one group where the filter says so. */
const meetings = Array.from({ length: ZONES }, (_, seed) => {
  const zone = randomZone(seed);
  const { now, plan, group } = zone;
  const { judge, ranked } = now;
  const quota = quotaOf(QUOTAS[seed % QUOTAS.length] ?? '') ?? { places: 1 };
  const found = candidatesOf(judge, ranked, { quota, perGroup: { places: 1 } });
  const candidates = found.candidates.map((one) => ({ ...one, notable: [] }));
  const asked = { asked: '', places: found.places, ranked: ranked.totals.length };
  const shortlist = shortlistOf(
    { quota: asked, candidates, passedOver: found.passedOver, awards: [] },
    group,
  );
  const teaching = teachingIn({ judge, ranked, ...(group !== null && { group }) });
  const rows = group === null ? zone.rows : zone.rows.filter((row) => row.group === group);
  const requirements = plan.requirements.map(({ name, clause, criterion }) => ({
    ...{ name, clause, criterion, mean: 0.5, short: 0, counted: 1 },
  }));
  const input: SlideInput = {
    ...{ plan, rows, group, gaps: { requirements }, awards: [], teaching, sentence: '' },
    candidates: shortlist.candidates,
  };
  return { ...zone, shortlist, teaching, rows, input };
});

const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, count) => count);

describe('what is said of commendation follows from the candidates', () => {
  test('whoever stands within the places is a candidate or is told to be barred, also where nobody may be commended', () => {
    let nobody = 0;
    for (const { seed, now, plan } of meetings)
      for (const places of [1, 3]) {
        const { judge, ranked } = now;
        const found = candidatesOf(judge, ranked, { quota: { places }, perGroup: { places: 1 } });
        const told = [
          ...found.candidates.map(({ row }) => row.unit),
          ...found.passedOver.map(({ unit }) => unit),
        ];
        const within = ranked.rows.filter(
          ({ rank, groupRank }) =>
            (rank !== null && rank <= places) || (groupRank !== null && groupRank <= 1),
        );
        for (const { unit } of within) expect(told, `seed ${seed}: ${unit}`).toContain(unit);
        if (within.length > 0 && found.candidates.length === 0) nobody++;
        // Of a year that is not over nobody is told to have missed what can still be done.
        for (const passed of found.passedOver) {
          if (passed.missed.length === 0) continue;
          expect(barWords(wordsOf('en'), plan, passed, true)).toMatch(/not met so far/);
          expect(barWords(wordsOf('en'), plan, passed, true)).not.toMatch(/missed “/);
          expect(barWords(wordsOf('en'), plan, passed)).toMatch(/missed “/);
        }
      }
    expect(nobody).toBeGreaterThan(0);
  });

  test('in every random zone: who is within which places, what is open, who is passed over', () => {
    const seen = new Set<string>();
    let zoneAlone = 0;
    for (const { seed, shortlist, rows } of meetings) {
      const facts = commendationFacts(shortlist);
      for (const { kind } of facts) seen.add(kind);
      const units = (kind: string) =>
        facts.flatMap((fact) =>
          fact.kind === kind && 'units' in fact ? fact.units.map(({ unit }) => unit) : [],
        );
      const ids = (of: typeof shortlist.candidates) => of.map(({ row }) => row.unit);
      if (shortlist.quota.ranked === 0) {
        expect(facts, `seed ${seed}`).toEqual([{ kind: 'no-ranks' }]);
        continue;
      }
      const overall = shortlist.candidates.filter(({ within }) => within.includes('overall'));
      const rest = shortlist.candidates.filter(({ within }) => !within.includes('overall'));
      expect(units('overall'), `seed ${seed}`).toEqual(ids(overall));
      expect([...units('groups-too'), ...units('groups-only')], `seed ${seed}`).toEqual(ids(rest));
      expect(units('open')).toEqual(ids(shortlist.candidates.filter(({ open }) => open.length > 0)));
      expect(units('passed')).toEqual(shortlist.passedOver.map(({ unit }) => unit));
      expect(facts.some(({ kind }) => kind === 'none')).toBe(shortlist.candidates.length === 0);
      const more = overall.length > 0 ? Math.max(0, shortlist.inZone - shortlist.quota.places) : 0;
      // A number that the rows do not bear out is not told: not all of them are of the group.
      const beyond = more > 0 && overall.length < shortlist.inZone ? null : more;
      expect(facts.filter(({ kind }) => kind === 'tied')).toEqual(
        beyond === 0 ? [] : [{ kind: 'tied', beyond }],
      );
      if (beyond === null) zoneAlone++;
      // What a document proposes is counted in the same candidates.
      const { candidates, quota } = shortlist;
      const told = candidates.map(({ within }) => ({ overall: within.includes('overall') }));
      const proposed = {
        ...{ kind: 'proposed', candidates: candidates.length, places: quota.places },
        beyond,
      };
      expect(
        decisionFact({ awards: [], rows, candidates: told, places: quota.places, inZone: shortlist.inZone }),
        `seed ${seed}`,
      ).toMatchObject(candidates.length > 0 ? proposed : { kind: 'none' });
    }
    expect(zoneAlone).toBeGreaterThan(5);
    expect([...seen].sort()).toEqual(
      ['groups-only', 'groups-too', 'no-ranks', 'none', 'open', 'overall', 'passed', 'tied'].sort(),
    );
  });

  test.each(LOCALES)('every number and name in %s stands in the table', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, shortlist } of meetings) {
      const said = commendationAnswer(words, shortlist);
      const figures = [
        ...upTo(Math.max(shortlist.candidates.length, shortlist.passedOver.length)),
        shortlist.quota.places,
      ];
      const names = shortlist.candidates.map(({ row }) => row.name);
      // Several may share the first place: of some of them nothing is said that is true of others as well.
      expect(said.join('')).not.toMatch(/first among|居前/);
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
      if (shortlist.quota.ranked === 0) expect(said.join('')).not.toMatch(/\d/);
    }
  });
});

describe('what is said of teaching follows from the agenda', () => {
  test('a file of pairs calls a type a type and a requirement a requirement, each with its own measure', () => {
    const seen = { criterion: 0, requirement: 0 };
    for (const { teaching } of meetings)
      for (const topics of [agendaTopics(teaching), ...teaching.topics.map((topic) => [topic])]) {
        const [{ of } = { of: 'requirement' as const }] = topics;
        const { columns, rows } = pairSheet(wordsOf('en'), topics);
        expect([0, 2, 4].map((at) => columns[at]?.heading)).toEqual(
          of === 'criterion' ? ['Type', 'Score', 'Score'] : ['Requirement', 'Attainment', 'Attainment'],
        );
        for (const row of rows) expect(String(row[2]).endsWith('%')).toBe(of === 'requirement');
        seen[of] += rows.length;
      }
    expect(Math.min(seen.criterion, seen.requirement)).toBeGreaterThan(10);
  });

  test('in every random zone: all topics that lose most, and the pair of the only one', () => {
    const seen = { none: 0, one: 0, several: 0 };
    for (const { seed, teaching } of meetings) {
      const agenda = agendaTopics(teaching);
      const [head, pair] = teachingFacts(agenda);
      const most = Math.max(0, ...agenda.map(({ lost }) => lost));
      const worst = most === 0 ? [] : agenda.filter(({ lost }) => lost === most);
      if (agenda.length === 0) {
        seen.none++;
        expect(head, `seed ${seed}`).toEqual({ kind: 'none' });
        // The reason that is given: no requirement has both.
        const both = teaching.topics.filter(
          ({ of, excelling, lagging }) => of === 'requirement' && excelling.length > 0 && lagging.length > 0,
        );
        expect(both, `seed ${seed}`).toEqual([]);
        continue;
      }
      seen[worst.length > 1 ? 'several' : 'one']++;
      expect(head, `seed ${seed}`).toEqual({
        kind: 'agenda',
        topics: agenda.length,
        worst: worst.map(({ id, name }) => ({ id, name })),
      });
      const own = worst.length === 1 ? worst[0]?.pairs[0] : undefined;
      expect(pair?.kind === 'pair' ? [pair.learner.unit, pair.teacher.unit] : [], `seed ${seed}`).toEqual(
        own ? [own.learner.unit, own.teacher.unit] : [],
      );
    }
    expect(Math.min(seen.none, seen.one)).toBeGreaterThan(10);
    const equal = meetings.flatMap(({ teaching: { topics } }) =>
      topics.filter(({ pairs }) => pairs.length > 0).slice(0, 2),
    );
    const alike = equal.slice(0, 2).map((topic) => ({ ...topic, lost: 1 }));
    expect(teachingFacts(alike)).toMatchObject([{ kind: 'agenda', worst: [{}, {}] }]);
  });

  test.each(LOCALES)('where nobody is a model, no unit that lags is told to be one more, in %s', (locale) => {
    const words = wordsOf(locale);
    const seen = { alone: 0, more: 0 };
    for (const { seed, teaching } of meetings)
      for (const topic of teaching.topics) {
        const said = unpairedWord(words, topic);
        const lagging = topic.lagging.length + topic.laggingUnlisted.left;
        if (topic.pairs.length === 0) {
          expect(said !== '', `seed ${seed}: ${topic.id}`).toBe(lagging > 0);
          if (lagging === 0) continue;
          expect(topic.excelling, `seed ${seed}: ${topic.id}`).toEqual([]);
          expect(said).toContain(String(lagging));
          expect(said).not.toMatch(/另有|more/);
          seen.alone++;
        } else if (said !== '') {
          expect(said).toMatch(/另有|more/);
          seen.more++;
        }
      }
    expect(Math.min(seen.alone, seen.more), JSON.stringify(seen)).toBeGreaterThan(20);
  });

  test.each(LOCALES)('of one group it says first whose it is, in %s', (locale) => {
    const words = wordsOf(locale);
    for (const { teaching } of meetings.slice(0, 50)) {
      const [first, ...rest] = teachingAnswer(words, teaching, 'farm');
      expect(first).toContain(words.term('farm'));
      expect(rest).toEqual(teachingAnswer(words, teaching));
    }
  });

  test.each(LOCALES)('every number and name in %s stands in the agenda', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, teaching, rows } of meetings) {
      const said = teachingAnswer(words, teaching);
      const names = [
        ...rows.map(({ name }) => name),
        ...teaching.topics.flatMap(({ name, pairs }) => [
          words.name(name),
          ...pairs.flatMap(({ learner, teacher }) => [learner.name, teacher.name]),
        ]),
      ];
      expect(strayWords(said, names, upTo(teaching.agenda.length)), `seed ${seed}: ${said.join('')}`).toEqual(
        [],
      );
    }
  });
});

describe.each(LOCALES)('what slides say in %s follows from their rows', (locale) => {
  const words = wordsOf(locale);

  test('every number and name of an answer stands among the rows', () => {
    for (const { seed, input, rows, group, plan } of meetings) {
      const decimals = totalDecimals(rows);
      const means = plan.criteria.map(({ id }) => exactMean(rows.flatMap((row) => row.criteria[id] ?? [])));
      const figures = [
        ...upTo(Math.max(rows.length, input.candidates.length)),
        ...rows.flatMap(({ total }) => [words.score(total, decimals)]),
        ...writtenLead(rows, decimals),
        ...means.map((mean) => words.score(mean)),
        ...incidentFacts(rows).flatMap((fact) => (fact.kind === 'deducted' ? [fact.times, fact.units] : [])),
      ];
      const names = [
        ...rows.map(({ name }) => name),
        ...plan.criteria.map(({ name }) => words.name(name)),
        words.term(group ?? ''),
      ];
      const said = slidesOf(words, input).map(({ answer }) => answer);
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join(' ')}`).toEqual([]);
    }
  });

  test('totals are written with one number of decimals on all slides, also where those of the candidates need fewer', () => {
    let told = 0;
    for (const { seed, input, rows } of meetings) {
      const last = rows.findLast(({ total }) => total !== null && total > 1);
      if (!last?.total || !last.rank) continue;
      const total = last.total - 0.0001;
      const near = { ...last, unit: 'near', rank: last.rank + 1, total, totalWithoutVeto: total };
      const all = [...rows, near];
      const decimals = totalDecimals(all);
      const totals = new Set(all.map((row) => words.score(row.total, decimals)));
      const slides = slidesOf(words, { ...input, rows: all });
      for (const { figure } of slides.find(({ id }) => id === 'commended')?.lines ?? []) {
        expect(totals, `seed ${seed}`).toContain(figure);
        if (decimals > 2) told++;
      }
    }
    expect(told).toBeGreaterThan(20);
  });

  test('a group that does not exist has one slide, which says so', () => {
    const missing = meetings.filter(({ group, rows }) => group !== null && rows.length === 0);
    expect(missing.length).toBeGreaterThan(20);
    for (const { input } of missing) {
      const slides = slidesOf(words, input);
      expect(slides).toHaveLength(1);
      expect(slides[0]?.answer).toMatch(/没有“.*”这个类别|no group/);
    }
  });

  test('the places of a group stand before its units, with those of the zone beside them', () => {
    let told = 0;
    for (const { input, rows, group } of meetings) {
      const leaders = slidesOf(words, input).find(({ id }) => id === 'leaders');
      const [fact] = rankingFacts(rows, { group, nameless: false });
      for (const { lead, name, detail } of leaders?.lines ?? []) {
        const row = rows.find((one) => one.name === name && one.rank !== null);
        if (group === null) {
          expect(rows.some((one) => String(one.rank) === lead)).toBe(true);
          continue;
        }
        told++;
        expect(rows.some((one) => String(one.groupRank) === lead && one.name === name)).toBe(true);
        expect(detail).toContain(String(row?.of));
      }
      if (fact?.kind === 'shared')
        for (const { name } of fact.units.slice(0, 3)) expect(leaders?.answer).toContain(name);
      expect(leaders?.answer ?? '').not.toMatch(/第 2 名|second place/);
    }
    expect(told).toBeGreaterThan(50);
  });

  test('the candidates of a group are all of those within its places or the zone’s', () => {
    for (const { seed, input, group } of meetings) {
      const slide = slidesOf(words, input).find(({ id }) => id === 'commended');
      if (group === null) continue;
      const shown = (slide?.lines ?? []).map(({ name }) => name);
      expect(shown, `seed ${seed}`).toEqual(input.candidates.slice(0, 8).map(({ row }) => row.name));
    }
  });
});

describe('what is said of a trial follows from its rows', () => {
  const trials = meetings.map(({ seed, now, rows }) => ({
    seed,
    // Under the plan’s weights they stood in the reverse order, or where they do.
    rows: rows.map((row) => ({
      ...row,
      previousRank:
        row.rank === null ? null : seed % 3 === 0 ? row.rank : now.ranked.totals.length + 1 - row.rank,
    })),
  }));

  test('in every random zone: who is first, how many move, all that move furthest', () => {
    const seen = new Set<string>();
    for (const { seed, rows } of trials) {
      const facts = trialFacts(rows, { weightless: false, planned: seed % 2 === 0 });
      for (const { kind } of facts) seen.add(kind);
      const ranked = rows.filter(({ rank }) => rank !== null);
      const by = ranked.map(({ rank, previousRank }) => Math.abs((rank ?? 0) - (previousRank ?? 0)));
      const moved = by.filter((places) => places > 0).length;
      if (ranked.length === 0) expect(facts).toEqual([{ kind: 'no-ranks', weightless: false }]);
      else if (moved === 0)
        expect(facts, `seed ${seed}`).toEqual([{ kind: 'unchanged', planned: seed % 2 === 0 }]);
      else {
        const most = Math.max(...by);
        expect(facts.at(-1), `seed ${seed}`).toMatchObject({
          places: most,
          units: ranked.filter((_, at) => by[at] === most).map(({ unit }) => ({ unit })),
        });
        expect(facts[1]).toEqual({ kind: 'moved', units: moved });
      }
    }
    expect([...seen].sort()).toEqual(['first', 'furthest', 'moved', 'no-ranks', 'unchanged']);
  });

  test.each(LOCALES)('every number and name in %s stands in the rows', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, rows } of trials) {
      const said = whatIfAnswer(words, rows, { group: null, weightless: false, planned: false });
      const figures = upTo(
        Math.max(3, ...rows.flatMap(({ rank, previousRank }) => [rank ?? 0, previousRank ?? 0]), rows.length),
      );
      expect(
        strayWords(
          said,
          rows.map(({ name }) => name),
          figures,
        ),
        `seed ${seed}: ${said.join('')}`,
      ).toEqual([]);
    }
  });
});
