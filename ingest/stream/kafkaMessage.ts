import { isUtf8 } from 'node:buffer';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Envelope } from '#schemas/events.ts';
import { foreignText, isJson, rawOf, type Said, textIn } from './decode.ts';
import type { Unreadable } from './kafkaBatches.ts';

const STRUCTURED = 'application/cloudevents+json';

/** A message in the structured mode of the CloudEvents binding for Kafka. */
export function encodeMessage(event: Envelope): Message & { key: string; value: Buffer } {
  return {
    // A restored stream may hold what is no event of ours: it goes where all that has no subject goes.
    key: typeof event.subject === 'string' ? event.subject : '',
    value: Buffer.from(JSON.stringify(event)),
    headers: { 'content-type': `${STRUCTURED}; charset=UTF-8` },
  };
}

const TOMBSTONE = 'is empty: a message without a value deletes nothing here';

/**
 * What a message says, whoever produced it. Binary mode (attributes in `ce_` headers, `data` in the value) and
 * structured mode both become an envelope; so does plain JSON without headers.
 */
export function decodeMessage({ value, headers = {}, unreadable }: Read): Said {
  const bytes = value ?? Buffer.alloc(0);
  if (unreadable !== undefined) return { ...rawOf(bytes), fault: unreadable };
  const attributes = Object.keys(headers).filter((name) => name.startsWith('ce_'));
  const twice = attributes.find((name) => Array.isArray(headers[name]) && headers[name].length > 1);
  if (twice !== undefined) return { ...rawOf(bytes), fault: `has its header ${twice} twice` };
  const illFormed = ['content-type', ...attributes].find((name) => !isText(name, headers[name]));
  if (illFormed !== undefined)
    return { ...rawOf(bytes), fault: `its header ${illFormed} is no well-formed UTF-8` };
  const contentType = headerText(headers, 'content-type');
  const structured = contentType?.toLowerCase().startsWith(STRUCTURED) ?? false;
  if (structured || headerText(headers, 'ce_specversion') === undefined)
    return bytes.length === 0 ? { ...rawOf(bytes), fault: TOMBSTONE } : ofBytes(bytes);

  const members: string[] = [];
  const add = (name: string, json: string) => members.push(`${JSON.stringify(name)}:${json}`);
  for (const header of attributes) {
    const text = headerText(headers, header);
    if (text !== undefined) add(header.slice(3), JSON.stringify(text));
  }
  if (contentType !== undefined) add('datacontenttype', JSON.stringify(contentType));
  if (bytes.length > 0) {
    const data = textIn(bytes);
    // What is no JSON could pass for further attributes.
    if (data.text === undefined || !isJson(data.text)) return rawOf(bytes);
    add('data', data.text);
  }
  // Another header may name what its content type or its value says.
  return foreignText(`{${members.join(',')}}`, bytes);
}

function ofBytes(bytes: Buffer): Said {
  const said = textIn(bytes);
  return said.text === undefined ? said : foreignText(said.text, bytes);
}

type Read = Pick<KafkaMessage, 'value' | 'headers'> & Unreadable;

/** One whose name is no attribute's may be repeated: the last counts. Null is as if absent. */
function last(value: IHeaders[string] | null): Buffer | string | null | undefined {
  return Array.isArray(value) ? value.at(-1) : value;
}

const headerText = (headers: IHeaders, name: string): string | undefined => last(headers[name])?.toString();

/** A name comes decoded, with U+FFFD for what was no text. */
function isText(name: string, value: IHeaders[string]): boolean {
  const bytes = last(value);
  return !name.includes('\ufffd') && (!Buffer.isBuffer(bytes) || isUtf8(bytes));
}
