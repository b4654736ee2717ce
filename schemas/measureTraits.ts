import { z } from 'zod';
import { type Measure, measure } from './plan.ts';

/** What is to be known of a type of measure beside how it is reckoned (`measures.ts`): one line a type. */

export type MeasureType = Measure['type'];
export type OfType<T extends MeasureType> = Extract<Measure, { type: T }>;

/** The fields that a type of measure may have, beside its type. */
export const fieldsOf = (type: MeasureType): readonly string[] =>
  measure.options
    .filter(({ shape }) => shape.type.value === type)
    .flatMap(({ shape }) => Object.keys(shape).filter((field) => field !== 'type'));

/** A type of measure, as the plan's schema lists them. */
export const measureType = z.enum(measure.options.map(({ shape }) => shape.type.value));

/** What a measure reads that no activity says: it moves when that changes. */
export type Beside = 'targets' | 'team-size';

type Traits<M extends Measure> = {
  /** Its activities are things done; else they are reports about many things at once. */
  isDeed: boolean;
  /** What it shows as its actual is a share, which the attainment says already. */
  isShare: boolean;
  /** One activity more never lowers what was attained. */
  onlyRises: boolean;
  /** What it reads beside activities. */
  reads(measure: M): readonly Beside[];
  /** `12-31`: the last day on which it can still be met. */
  by(measure: M): string;
  /** The forms that it lists. */
  forms(measure: M): readonly string[];
};

const YEAR_END = '12-31';
const none = (): readonly never[] => [];
const plain = { isShare: false, onlyRises: true, reads: none, by: () => YEAR_END, forms: none };

const TRAITS: { [T in MeasureType]: Traits<OfType<T>> } = {
  count: { ...plain, isDeed: true },
  sum: { ...plain, isDeed: true, reads: ({ perMember }) => (perMember ? ['team-size'] : []) },
  coverage: { ...plain, isDeed: false, reads: () => ['team-size'] },
  variety: { ...plain, isDeed: true, forms: ({ forms }) => forms },
  ratio: { ...plain, isDeed: false, onlyRises: false },
  target: { ...plain, isDeed: false, isShare: true, onlyRises: false, reads: () => ['targets'] },
  milestone: { ...plain, isDeed: true, by: ({ by }) => by },
  appraisal: { ...plain, isDeed: true, isShare: true, onlyRises: false },
};

const traits = <T extends MeasureType>(type: T): Traits<OfType<T>> => TRAITS[type];

/** Whether its activities are things done, which can be shown one by one. */
export const isDeed = ({ type }: Pick<Measure, 'type'>): boolean => TRAITS[type].isDeed;

/** Whether its actual is a share, which says no more than the attainment. */
export const isShare = (type: MeasureType): boolean => TRAITS[type].isShare;

/** Whether one activity more never lowers what was attained. */
export const onlyRises = ({ type }: Pick<Measure, 'type'>): boolean => TRAITS[type].onlyRises;

/** Whether it moves when this changes. */
export const readsBeside = <T extends MeasureType>(measure: OfType<T>, beside: Beside): boolean =>
  traits<T>(measure.type as T)
    .reads(measure)
    .includes(beside);

/** The last day of a year on which it can still be met, as `12-31`. */
export const lastDayOf = <T extends MeasureType>(measure: OfType<T>): string =>
  traits<T>(measure.type as T).by(measure);

/** The forms that it lists; none where it looks at no form. */
export const formsOf = <T extends MeasureType>(measure: OfType<T>): readonly string[] =>
  traits<T>(measure.type as T).forms(measure);
