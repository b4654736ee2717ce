import type { IncomingHttpHeaders } from 'node:http';
import { withData } from '#schemas/cloudEvents.ts';
import { parseJson, requireType } from './check.ts';
import { Problem } from './problem.ts';

/**
 * The CloudEvents 1.0 HTTP binding: takes events out of a request in structured, batched or binary mode. What is
 * wrong with the message itself is thrown; what is wrong with an event is for the door to say.
 */

export const EVENT = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
const JSON_TYPE = 'application/json';
export const EVENT_TYPES_TAKEN = [EVENT, BATCH, JSON_TYPE];

export type Received = { single: boolean; events: unknown[] };

export function readCloudEvents(headers: IncomingHttpHeaders, body: Buffer): Received {
  const type = requireType(headers['content-type'], EVENT_TYPES_TAKEN);
  if (type === BATCH) return { single: false, events: batchOf(parseJson(body)) };
  if (type === EVENT) return { single: true, events: [withData(parseJson(body))] };
  if (headers['ce-specversion'] !== undefined || headers['ce-id'] !== undefined)
    return { single: true, events: [binary(headers, body)] };
  const value = parseJson(body);
  return Array.isArray(value)
    ? { single: false, events: value.map(withData) }
    : { single: true, events: [withData(value)] };
}

function batchOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Problem('bad-request', 'A batch is a JSON array of events.');
  return value.map(withData);
}

/** What binary mode says by the body and by Content-Type; as a header of its own it would be dropped without a word. */
const SAID_ELSEWHERE = ['ce-data', 'ce-data_base64', 'ce-datacontenttype'];

/** Attributes are `ce-` headers, the data is the body; Content-Type says what the data is. */
function binary(headers: IncomingHttpHeaders, body: Buffer): Record<string, unknown> {
  const stray = SAID_ELSEWHERE.find((name) => headers[name] !== undefined);
  if (stray)
    throw new Problem(
      'bad-request',
      `There is no header ${stray}: in binary mode the data is the body, and Content-Type says what it is.`,
    );
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith('ce-') && typeof value === 'string') event[name.slice(3)] = headerValue(name, value);
  event.datacontenttype = headers['content-type'];
  event.data = parseJson(body);
  return event;
}

/** Without `ignoreBOM` a first U+FEFF would be dropped. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(name: string, bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem('bad-request', `The header ${name} holds bytes that are no UTF-8.`);
  }
}

/** HTTP binding §3.1.3.2: a quoted string is unquoted, then %XX is decoded as UTF-8. Raw UTF-8, which the binding forbids, is understood too. */
function headerValue(name: string, value: string): string {
  const unquoted = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
  const text = /[\x80-\xff]/.test(unquoted) ? textOf(name, Buffer.from(unquoted, 'latin1')) : unquoted;
  // Only whole escapes are decoded: a lone % stands for itself, as senders write it who know nothing of the rule.
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    textOf(name, Buffer.from(escapes.replaceAll('%', ''), 'hex')),
  );
}
