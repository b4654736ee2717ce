import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Envelope } from '#schemas/events.ts';
import { isJson, rawOf, type Said, textIn } from './decode.ts';

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

/**
 * What a message says, whoever produced it. Binary mode (attributes in `ce_` headers, `data` in the value) and
 * structured mode both become an envelope; so does plain JSON without headers.
 */
export function decodeMessage({ value, headers = {} }: Pick<KafkaMessage, 'value' | 'headers'>): Said {
  const bytes = value ?? Buffer.alloc(0);
  const contentType = headerText(headers, 'content-type');
  const structured = contentType?.toLowerCase().startsWith(STRUCTURED) ?? false;
  if (structured || headerText(headers, 'ce_specversion') === undefined) return textIn(bytes);

  const members: string[] = [];
  const add = (name: string, json: string) => members.push(`${JSON.stringify(name)}:${json}`);
  for (const header of Object.keys(headers)) {
    const text = header.startsWith('ce_') ? headerText(headers, header) : undefined;
    if (text !== undefined) add(header.slice(3), JSON.stringify(text));
  }
  if (contentType !== undefined) add('datacontenttype', JSON.stringify(contentType));
  if (bytes.length > 0) {
    const data = textIn(bytes);
    // What is no JSON could pass for further attributes.
    if (data.text === undefined || !isJson(data.text)) return rawOf(bytes);
    add('data', data.text);
  }
  return { text: `{${members.join(',')}}` };
}

/** A repeated header counts once: the last, as in the JSON format a repeated member would. */
function headerText(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined ? undefined : last.toString();
}
