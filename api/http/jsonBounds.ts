import { countText } from '#schemas/presentation/numbers.ts';
import { Problem } from './problem.ts';

/** A few bytes of JSON can stand for a thousand times as much memory: what parsing would make is bounded before it begins. */
export const MOST_VALUES = 1_000_000;
/** No body of ours nests deeper than ten levels. */
export const DEEPEST = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const tooMany = (): Problem =>
  new Problem(
    'too-large',
    `The body holds more than ${countText(MOST_VALUES)} JSON values; send it in parts.`,
  );

const tooDeep = (): Problem => new Problem('bad-request', `The body nests deeper than ${DEEPEST} levels.`);

/** Behind the text whose opening quote is at `at`, or the end. */
function behindText(bytes: Uint8Array, at: number): number {
  for (let next = at + 1; next < bytes.length; next++) {
    if (bytes[next] === BACKSLASH) next++;
    else if (bytes[next] === QUOTE) return next;
  }
  return bytes.length;
}

/** Throws the problem of a body whose JSON would hold too many values, or nest too deeply. Whether it is JSON at all, parsing tells. */
export function refuseBoundless(bytes: Uint8Array): void {
  let [values, depth] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = behindText(bytes, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        values++;
        if (++depth > DEEPEST) throw tooDeep();
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--;
        // What opened just before holds nothing.
        if (bytes[at - 1] === OPEN_LIST || bytes[at - 1] === OPEN_OBJECT) values--;
        break;
      case COMMA:
        values++;
    }
    if (values > MOST_VALUES) throw tooMany();
  }
}
