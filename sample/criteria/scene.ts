import type { Day } from '#schemas/dates.ts';
import type { ActivityBody } from '#schemas/events.ts';
import type { Period } from '#schemas/plan.ts';
import { windowsOf, workdayWithin } from '../calendar.ts';
import type { Quality } from '../character.ts';
import type { Random } from '../random.ts';
import type { Target } from '../targets.ts';
import { evidenceOf, noteOf } from '../titles/papers.ts';
import { titleOf } from '../titles/titles.ts';
import type { UnitSpec } from '../units.ts';

/** An activity before it is reported. */
export type Draft = { unit: string; year: number; body: ActivityBody };

/** One team's year: planners put what it does into `drafts`. */
export type Scene = {
  unit: UnitSpec;
  year: number;
  /** The second of the two years that the sample tells. */
  later: boolean;
  random: Random;
  quality: Quality;
  /** The days on which the unit exists. */
  from: Day;
  to: Day;
  targets: readonly Target[];
  members(day: Day): string[];
  /** What this team is known to neglect this year, by kind and window index. */
  skips(kind: string, window: number): boolean;
  drafts: Draft[];
};

type Fields = Omit<Partial<ActivityBody>, 'kind' | 'occurredOn' | 'title'>;

/** Adds an activity with title, evidence and sometimes a note. */
export function add(scene: Scene, kind: string, day: Day, fields: Fields = {}): void {
  if (day < scene.from || day > scene.to) return;
  const { random, unit } = scene;
  const wording = { kind, form: fields.form, indicator: fields.indicator, group: unit.group, day };
  const body: ActivityBody = { kind, occurredOn: day, title: titleOf(random, wording), ...fields };
  if (random.chance(0.6)) body.evidence = evidenceOf(random, kind, day);
  if (random.chance(0.06)) body.note = noteOf(random);
  scene.drafts.push({ unit: unit.id, year: scene.year, body });
}

/** A working day of the scene's year, from one month and day to another. */
export const dayBetween = (scene: Scene, from: string, to: string): Day =>
  workdayWithin(scene.random, `${scene.year}-${from}`, `${scene.year}-${to}`);

/**
 * Regular duties slip sooner than single ones: in a plain year the chance of keeping one is the quality to the
 * power 5/4, in the later year, a hard one, to the power 5/2. Square roots are exact on every machine.
 */
export const keeps = (scene: Scene, criterion: string, day: Day): boolean => {
  const quality = scene.quality(criterion, day);
  const chance = scene.later
    ? quality * quality * Math.sqrt(quality)
    : quality * Math.sqrt(Math.sqrt(quality));
  return scene.random.chance(chance);
};

export const does = (scene: Scene, criterion: string, day: Day): boolean =>
  scene.random.chance(scene.quality(criterion, day));

type Regular = { per: Period; extra?: number; fields?: (day: Day) => Fields };

/** One activity in every window that the team keeps, and now and then one more. */
export function regularly(scene: Scene, criterion: string, kind: string, regular: Regular): void {
  windowsOf(scene.year, regular.per).forEach(({ from, to }, window) => {
    const times = 1 + (scene.random.chance(regular.extra ?? 0) ? 1 : 0);
    const days = Array.from({ length: times }, () => workdayWithin(scene.random, from, to)).sort();
    const kept = keeps(scene, criterion, to);
    if (!kept || scene.skips(kind, window)) return;
    for (const day of days) add(scene, kind, day, regular.fields?.(day));
  });
}

/** Each form that the team does not leave out, at some time between two days. */
export function inForms(
  scene: Scene,
  criterion: string,
  kind: string,
  forms: readonly string[],
  options: { from?: string; to?: string; extra?: number; fields?: (day: Day) => Fields } = {},
): void {
  for (const form of forms) {
    const times = 1 + (scene.random.chance(options.extra ?? 0) ? 1 : 0);
    for (let time = 0; time < times; time += 1) {
      const day = dayBetween(scene, options.from ?? '01-05', options.to ?? '12-20');
      if (does(scene, criterion, day)) add(scene, kind, day, { form, ...options.fields?.(day) });
    }
  }
}

/** Quarterly reports of what was due and what was done. */
export function ratios(scene: Scene, criterion: string, kind: string, dues: readonly [number, number]): void {
  for (const { from, to } of windowsOf(scene.year, 'quarter')) {
    const day = workdayWithin(scene.random, `${from.slice(0, 5)}${to.slice(5, 8)}15`, to);
    const quality = scene.quality(criterion, day);
    const due = scene.random.int(...dues);
    let done = 0;
    for (let item = 0; item < due; item += 1) if (scene.random.chance(0.25 + 0.76 * quality)) done += 1;
    if (scene.random.chance(0.4 + 0.6 * quality)) add(scene, kind, day, { due, done });
  }
}

/** Members, all but those whom the team overlooks. */
export function mostMembers(scene: Scene, criterion: string, day: Day): string[] {
  const quality = scene.quality(criterion, day);
  return scene.members(day).filter(() => scene.random.chance(0.3 + 0.71 * quality));
}
