/**
 * Messages that only put in what they are given are cut once and then joined, a twentieth of what the library takes
 * that says all others: a row of a table says ten. `test/unit/template.test.ts` holds the two together.
 */
type Template = { first: string; parts: readonly (readonly [name: string, then: string])[] };

/** Forms, links to other messages, literals and lists are the library's. */
const MORE = /[|@{}\\]/;
const NAMED = /\{(\w+)\}/;
const NAME = /^[A-Za-z_]\w*$/;

/** A message's own parts; null where it asks for more than names. */
export function templateOf(message: unknown): Template | null {
  if (typeof message !== 'string') return null;
  const [first = '', ...rest] = message.split(NAMED);
  const parts: [string, string][] = [];
  for (let at = 0; at < rest.length; at += 2) parts.push([rest[at] ?? '', rest[at + 1] ?? '']);
  const plain = !MORE.test(first) && parts.every(([name, then]) => NAME.test(name) && !MORE.test(then));
  return plain ? { first, parts } : null;
}

/** The message with what it is given; what it is not given is nothing. */
export function filled({ first, parts }: Template, named: Readonly<Record<string, string>>): string {
  let message = first;
  for (const [name, then] of parts) message += (named[name] ?? '') + then;
  return message;
}

/** The message that stands under a path. */
function messageAt(messages: object, path: string): unknown {
  let found: unknown = messages;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}

const templates = new WeakMap<object, Map<string, Template | null>>();

/** The template of a path among messages that do not change; null where the library has to say it. */
export function templateAt(messages: object, path: string): Template | null {
  let known = templates.get(messages);
  if (!known) {
    known = new Map();
    templates.set(messages, known);
  }
  let template = known.get(path);
  if (template === undefined) {
    template = templateOf(messageAt(messages, path));
    known.set(path, template);
  }
  return template;
}
