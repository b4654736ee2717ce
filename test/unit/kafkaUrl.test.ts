import { expect, test } from 'vitest';
import { parseKafkaUrl } from '#ingest/stream/kafkaUrl.ts';

test('one broker and a topic are enough', () => {
  expect(parseKafkaUrl('kafka://localhost:9092/events')).toEqual({
    brokers: ['localhost:9092'],
    topic: 'events',
    tls: false,
    partitions: 12,
  });
});

test('several brokers, TLS, a user whose password holds reserved characters', () => {
  const url =
    'kafka://wu:p%40ss%3A%2F@a.example:9093,[::1]:9094/zone.events?tls&sasl=scram-sha-512&partitions=24';
  expect(parseKafkaUrl(url)).toEqual({
    brokers: ['a.example:9093', '[::1]:9094'],
    topic: 'zone.events',
    tls: true,
    sasl: { mechanism: 'scram-sha-512', username: 'wu', password: 'p@ss:/' },
    partitions: 24,
  });
});

test.each([
  ['http://localhost:9092/events', /form/],
  ['kafka://localhost:9092', /form/],
  ['kafka://localhost/events', /host:port/],
  ['kafka://a:1,b/events', /host:port/],
  ['kafka://a:1/ev%20ents', /topic/],
  ['kafka://a:1/..', /topic/],
  ['kafka://a:1/events?ssl', /unknown option "ssl"/],
  ['kafka://a:1/events?tls=maybe', /tls/],
  ['kafka://a:1/events?partitions=0', /partitions/],
  ['kafka://a:1/events?sasl=plain', /needs user:password/],
  ['kafka://u:p@a:1/events', /needs sasl=/],
  ['kafka://u:p@a:1/events?sasl=gssapi', /needs sasl=/],
  ['kafka://u:%E0%A4@a:1/events?sasl=plain', /percent-encoded/],
])('%s is refused', (url, reason) => {
  expect(() => parseKafkaUrl(url)).toThrow(reason);
  expect(() => parseKafkaUrl(url)).toThrow(/must be kafka:\/\//);
});

test('a refusal does not repeat the password', () => {
  for (const url of ['kafka://u:geheim@a:1/events', 'kafka://u:geheim@a:1', 'kafka://u:gehe:im@a:1/events'])
    expect(() => parseKafkaUrl(url)).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/gehe/) }),
    );
});
