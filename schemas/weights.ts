import { z } from 'zod';

/** Other weights than the plan's, as addresses and orders write them: `learning:20,unity:30`. */

const MAX_WEIGHT = 1_000_000;
const PART = /^(.+):(\d{1,7}(?:\.\d{1,6})?)$/;

/** By criterion, or the part that is no weight. Which criteria there are, the plan says. */
export function readWeights(text: string): { weights: Record<string, number> } | { fault: string } {
  const weights: Record<string, number> = Object.create(null);
  for (const part of text.split(',')) {
    const [, id = '', number = ''] = PART.exec(part) ?? [];
    const weight = Number(number);
    if (!id || !number || weight > MAX_WEIGHT || Object.hasOwn(weights, id)) return { fault: part };
    weights[id] = weight;
  }
  return { weights };
}

const written = z.string().max(4_000);
const ONE = String.raw`[^,:\s]+:\d{1,6}(\.\d{1,6})?`;
const described = {
  type: 'string',
  pattern: `^${ONE}(,${ONE})*$`,
  description: 'Criteria of the plan of the year, each at most once, with their weights.',
  example: 'learning:20,unity:30',
} as const;
const message = (part: string): string =>
  `must be such as learning:20,unity:30, each criterion once with a weight; "${part}" is not`;

/** Read as it comes in. */
export const weightsParameter = written
  .transform((text, context) => {
    const read = readWeights(text);
    if ('weights' in read) return read.weights;
    context.addIssue({ code: 'custom', message: message(read.fault) });
    return z.NEVER;
  })
  .meta(described);

/** Kept as it is written, to be read when it is needed. */
export const weightsText = written
  .superRefine((text, context) => {
    const read = readWeights(text);
    if ('fault' in read) context.addIssue({ code: 'custom', message: message(read.fault) });
  })
  .meta(described);
