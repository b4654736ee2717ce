import { z } from 'zod';
import { parseForeign } from './foreignJson.ts';
import { keyTwice } from './keyTwice.ts';
import { CONTENT_TYPE_LETTERS, EXTENSION_LETTERS, EXTENSION_NAME, EXTENSIONS } from './limits.ts';
import { isAttributeText, shortened } from './text.ts';

/** What the CloudEvents 1.0 specification and its JSON format say of any event, ours or not. */

const attributeText = (max: number) =>
  z.string().min(1).max(max).refine(isAttributeText, {
    error: 'must not hold control characters or what is no character',
  });

export const eventId = attributeText(200);

/** The account in whose name the server wrote the event. */
export const actor = attributeText(200);

export const contentType = z
  .string()
  .max(CONTENT_TYPE_LETTERS)
  .regex(/^[a-z0-9!#$&^_.+-]+\/([a-z0-9!#$&^_.+-]+\+)?json\s*(;.*)?$/i, {
    error: 'must be application/json, or another media type that ends in json',
  })
  .refine(isAttributeText, { error: 'must not hold control characters' });

/** Absolute: it begins with a scheme. */
export const dataSchema = attributeText(500).regex(/^[a-z][a-z0-9+.-]*:\S+$/i, {
  error: 'must be an absolute URI',
});

const INTEGER = 2 ** 31;

const EXTENSION = {
  error: `must be true or false, a whole number of 32 bits, or a text of at most ${EXTENSION_LETTERS} letters without control characters`,
};

/** CloudEvents allows extension attributes; they are kept but mean nothing here. */
export const extension = z.union(
  [
    z.string().refine((text) => text.length <= EXTENSION_LETTERS && isAttributeText(text), EXTENSION),
    z.boolean(),
    z.int().refine((value) => value >= -INTEGER && value < INTEGER, EXTENSION),
  ],
  EXTENSION,
);

const NAMED = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
  'recordedtime',
  'position',
  'actor',
]);

/** The JSON format writes an attribute that is not set as null, too. */
export function withoutUnset(event: object): Record<string, unknown> {
  const entries = Object.entries(event);
  return entries.some(([name, value]) => value === null && name !== 'data')
    ? Object.fromEntries(entries.filter(([name, value]) => value !== null || name === 'data'))
    : (event as Record<string, unknown>);
}

export const hasUnset = (event: object): boolean => withoutUnset(event) !== event;

export type AttributeFault = { field: string; message: string };

/** What is wrong with the names of an event's members, told before any of them is looked into. */
export function nameFault(event: Readonly<Record<string, unknown>>): AttributeFault | undefined {
  const extensions = Object.keys(event).filter((name) => !NAMED.has(name));
  if (extensions.length > EXTENSIONS)
    return {
      field: '',
      message: `has ${extensions.length} extension attributes, at most ${EXTENSIONS} are taken`,
    };
  const odd = extensions.find((name) => !/^[a-z0-9]+$/.test(name) || name.length > EXTENSION_NAME);
  if (odd === undefined) return undefined;
  if (odd === 'data_base64') return { field: odd, message: encodedFault(event) };
  return {
    field: shortened(odd),
    message: `is no name for an attribute: those have 1 to ${EXTENSION_NAME} of a–z and 0–9`,
  };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const NO_JSON = 'must be base64 of JSON in UTF-8';

/** What base64 holds as JSON; else what is wrong with it. */
function decoded(encoded: unknown): { data: unknown } | { fault: string } {
  if (typeof encoded !== 'string' || !BASE64.test(encoded)) return { fault: NO_JSON };
  try {
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const data = parseForeign(text);
    const twice = keyTwice(text, data);
    return twice === undefined ? { data } : { fault: `holds a key twice: ${twice}` };
  } catch {
    return { fault: NO_JSON };
  }
}

function encodedFault(event: Readonly<Record<string, unknown>>): string {
  if ('data' in event) return 'must not come beside data: an event has one or the other';
  const found = decoded(event.data_base64);
  return 'fault' in found ? found.fault : NO_JSON;
}

/**
 * The event with its data as JSON, where they came in base64 (`data_base64`): inside, they are data like any other.
 * What cannot be read stays as it is, and is refused by its name.
 */
export function withData(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('data_base64' in event)) return event;
  const { data_base64: encoded, ...rest } = event;
  if (encoded === null) return rest;
  if ('data' in rest) return event;
  const found = decoded(encoded);
  return 'data' in found ? { ...rest, data: found.data } : event;
}
