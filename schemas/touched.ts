/** Whose answers may differ since, and in what. Subjects are units, or `zone`. */
export type Touched = {
  /** Everyone of whom anything changed. */
  all: ReadonlySet<string>;
  /** Those of whom something else than an activity changed: the unit itself, its targets, its self-inspection. */
  profiles: ReadonlySet<string>;
  /** Those of whom an activity changed that has a value of an indicator. */
  values: ReadonlySet<string>;
};

/** The same, being collected. */
export type TouchedSets = { [K in keyof Touched]: Set<string> };

export const nobody = (): TouchedSets => ({ all: new Set(), profiles: new Set(), values: new Set() });

/** Subjects of whom no more is known than that something changed. */
export const touchedSomehow = (subjects: ReadonlySet<string>): Touched => ({
  all: subjects,
  profiles: subjects,
  values: subjects,
});

/** Adds one to the other. */
export function alsoTouched(touched: TouchedSets, more: Touched): void {
  for (const subject of more.all) touched.all.add(subject);
  for (const subject of more.profiles) touched.profiles.add(subject);
  for (const subject of more.values) touched.values.add(subject);
}
