/**
 * The palette of screen and paper. The dashboard's stylesheet names the same colours as tokens, with a dark set beside
 * them; a test holds the light ones against this list.
 */
export const COLORS = {
  ink: '#1F2328',
  muted: '#59636E',
  paper: '#FFFFFF',
  wash: '#F5F7F9',
  rule: '#E3E6EA',
  control: '#7C8792',
  accent: '#1F4E79',
  alarm: '#B42318',
  learning: '#0072B2',
  unity: '#E69F00',
  innovation: '#009E73',
  integrity: '#6A4C93',
  development: '#CC79A7',
  'type-6': '#56B4E9',
  'type-7': '#8C6D31',
  'type-8': '#7A8490',
  'attain-0': '#E4ECF4',
  'attain-1': '#B6CCE2',
  'attain-2': '#7FA6CC',
  'attain-3': '#4A7DB0',
  'attain-4': '#1F4E79',
} as const;

/** What a veto took off; on paper alone. */
export const WITHHELD = '#C9CED4';

/** The five types of the programme have colours of their own, whatever else a plan has. */
const KNOWN = ['learning', 'unity', 'innovation', 'integrity', 'development'] as const;
const FURTHER = ['type-6', 'type-7', 'type-8'] as const;
export const TYPE_TOKENS = [...KNOWN, ...FURTHER] as const;
export type TypeToken = (typeof TYPE_TOKENS)[number];

/** The name of each criterion's colour: the same everywhere. What a plan adds takes further ones in plan order. */
export function typeTokens(criteria: readonly string[]): Map<string, TypeToken> {
  let next = 0;
  return new Map(
    criteria.map((id): [string, TypeToken] => {
      const known = KNOWN.find((name) => name === id);
      if (known) return [id, known];
      const token = FURTHER[next % FURTHER.length] ?? 'type-8';
      next += 1;
      return [id, token];
    }),
  );
}

/** Each criterion's colour on paper. */
export const typeColors = (criteria: readonly string[]): Map<string, string> =>
  new Map([...typeTokens(criteria)].map(([id, token]) => [id, COLORS[token]]));

/** Upper edges of the five steps of attainment; 1 is a step of its own, so that "nearly" never looks like "done". */
export const ATTAINMENT_STEPS = [0.25, 0.5, 0.75, 1] as const;

/** 0..4, light to dark. */
export function attainmentStep(attainment: number): number {
  if (attainment >= 1) return 4;
  return ATTAINMENT_STEPS.findIndex((edge) => attainment < edge);
}

/** Tops of the scales of lost points, in each power of ten: a quarter, an eighth of them are short to write. */
const TOPS = [1, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10];
const SHARES = [8, 4, 2, 1];

/** Upper edges of the four steps of lost points, when nobody loses more than `most` by one requirement. */
export function lossSteps(most: number): number[] {
  if (most <= 0) return SHARES.map((share) => 1 / share);
  const ten = 10 ** Math.floor(Math.log10(most));
  const top = TOPS.find((one) => one * ten >= most) ?? 10;
  return SHARES.map((share) => (top * ten) / share);
}

/** 0 = nothing lost, which is blank paper; 1..4, more and more ink. */
export function lossStep(lost: number, steps: readonly number[]): number {
  if (lost <= 0) return 0;
  const step = steps.findIndex((edge) => lost <= edge);
  return step < 0 ? steps.length : step + 1;
}
