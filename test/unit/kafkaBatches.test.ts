import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeIn } from '#ingest/project/project.ts';
import { hideAborted, messagesIn } from '#ingest/stream/kafkaBatches.ts';
import { CODECS, CodecMissing, MOST_INFLATED, zstdWith } from '#ingest/stream/kafkaCodecs.ts';
import { decodeMessage } from '#ingest/stream/kafkaMessage.ts';
import { batchOf, COMPRESS, hasZstd, type RecordParts } from '#test/support/kafka/batch.ts';

const codecs = CODECS.filter((codec) => codec !== 'zstd' || hasZstd);
const compressing = codecs.filter((codec) => codec !== 'none');

const some: RecordParts[] = [
  { key: 'u-1', value: '{"id":"e-1"}', headers: [['content-type', 'application/json']] },
  { key: null, value: null },
  { key: 'u-2', value: Buffer.from([0xff, 0]), headers: [['x', null]] },
];
const behind = (base: number): Buffer => batchOf({ base, records: [{ key: 'u-9', value: 'behind' }] });

/** What another producer wrote must be read, or be named as what cannot be read: neither may end reading. */
describe('batches of other producers', () => {
  test.each(codecs)('compressed with %s are read', async (codec) => {
    const messages = await messagesIn(
      Buffer.concat([batchOf({ base: 7, records: some, codec }), behind(10)]),
    );
    expect(messages.map(({ offset, key, value }) => [offset, key?.toString(), value])).toEqual([
      ['7', 'u-1', Buffer.from('{"id":"e-1"}')],
      ['8', undefined, null],
      ['9', 'u-2', Buffer.from([0xff, 0])],
      ['10', 'u-9', Buffer.from('behind')],
    ]);
    expect(messages[0]?.headers).toEqual({ 'content-type': Buffer.from('application/json') });
    expect(messages[0]?.timestamp).toBe('1000');
  });

  test('whatever the records hold, every codec gives it back', async () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 2_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codecs),
        fc.array(fc.record({ key: text, value: text }), { minLength: 1, maxLength: 40 }),
        async (codec, records) => {
          const messages = await messagesIn(batchOf({ records, codec }));
          const said = messages.map(({ key, value }) => ({ key: key?.toString(), value: value?.toString() }));
          expect(said).toEqual(
            records.map(({ key, value }) => ({ key: key ?? undefined, value: value ?? undefined })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in the frame that Java puts around snappy they are read', async () => {
    const whole = batchOf({ records: some }).subarray(61);
    const blocks = [whole.subarray(0, 20), whole.subarray(20)].flatMap((part) => {
      const block = COMPRESS.snappy(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(block.length);
      return [length, block];
    });
    const frame = Buffer.from('\x82SNAPPY\0\0\0\0\x01\0\0\0\x01', 'latin1');
    const body = Buffer.concat([frame, ...blocks]);
    expect(await messagesIn(batchOf({ records: some, codec: 'snappy', body }))).toHaveLength(3);
  });

  test('that cannot be read stand as one message with the reason, and reading goes on behind them', async () => {
    const broken = batchOf({ base: 4, records: some, codec: 'gzip', body: Buffer.from('no gzip at all') });
    const unknown = batchOf({ base: 7, records: [{}], attributes: 6 });
    const messages = await messagesIn(Buffer.concat([broken, unknown, behind(8)]));
    const shown = messages.filter(({ isControlRecord }) => !isControlRecord);
    expect(shown.map(({ offset, unreadable }) => [offset, unreadable])).toEqual([
      ['4', expect.stringMatching(/^the batch of offsets 4 to 6 cannot be read: gzip: /)],
      ['7', expect.stringMatching(/^offset 7 cannot be read: it is compressed in a way \(6\)/)],
      ['8', undefined],
    ]);
    // What is kept from the reader tells kafkajs where the batch ends.
    expect(messages.map(({ offset }) => offset)).toEqual(['4', '6', '7', '8']);
    const { fault, raw } = decodeMessage(shown[0] as (typeof shown)[number]);
    expect(fault).toMatch(/cannot be read/);
    expect(Buffer.from(raw ?? []).includes('no gzip at all')).toBe(true);
  });

  test('whatever becomes of their bytes, the batch behind is read, and nothing throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codecs),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }),
        async (codec, changes) => {
          const batch = batchOf({ records: some, codec });
          // Length and magic are the broker's own; the count and all behind it are what a producer wrote.
          for (const [at, byte] of changes) batch.writeUInt8(byte, 57 + (at % (batch.length - 57)));
          const messages = await messagesIn(Buffer.concat([batch, behind(3)]));
          expect(messages.at(-1)?.value?.toString()).toBe('behind');
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each(compressing)('that grow beyond all measure when inflated (%s) are left alone', async (codec) => {
    const body = COMPRESS[codec](Buffer.alloc(MOST_INFLATED + 2 ** 22));
    const [message] = await messagesIn(batchOf({ records: [{}], codec, body }));
    expect(message?.unreadable).toMatch(/holds more than 64 MiB when inflated/);
  });

  test('with very many messages are read, and with too many named', async () => {
    const records = Array.from({ length: 150_000 }, () => ({}));
    expect(await messagesIn(batchOf({ records, codec: 'gzip' }))).toHaveLength(150_000);
    const [message] = await messagesIn(batchOf({ records: [{}], count: 200_001 }));
    expect(message?.unreadable).toMatch(/the batch of offsets 0 to 200000 .* more than 200000 messages/);
  });

  test('with very many headers cost no more than these are', async () => {
    const headers = Array.from({ length: 60_000 }, (_, index) => [`h-${index}`, 'x'] as const);
    const [message] = await messagesIn(batchOf({ records: [{ headers }] }));
    expect(Object.keys(message?.headers ?? {})).toHaveLength(60_000);
  });

  test('that this runtime has no codec for are waited for, not left out', async () => {
    await expect(zstdWith(undefined)(Buffer.alloc(1))).rejects.toThrow(CodecMissing);
    await expect(zstdWith(undefined)(Buffer.alloc(1))).rejects.toThrow(/zstd, which Node .* run Node 22\.15/);
  });
});

test('what two transactions wrote that were given up is hidden, also where both were open before', async () => {
  const IN_TRANSACTION = 0x10;
  const CONTROL = 0x20;
  const wrote = (base: number, producerId: number): Buffer =>
    batchOf({ base, producerId, attributes: IN_TRANSACTION, records: [{ key: 'u-1', value: `${base}` }] });
  const ended = (base: number, producerId: number, type: number): Buffer => {
    const key = Buffer.from([0, 0, 0, type]);
    return batchOf({
      base,
      producerId,
      attributes: IN_TRANSACTION | CONTROL,
      records: [{ key, value: 'x' }],
    });
  };
  // Reading begins at 10; producers 1 and 2 began before and abort, 3 commits, and 1 begins anew.
  const batches = [wrote(10, 2), wrote(11, 1), wrote(12, 3), ended(13, 1, 0), wrote(14, 1), ended(15, 2, 0)];
  const messages = await messagesIn(Buffer.concat([...batches, ended(16, 3, 1), ended(17, 1, 1)]));
  hideAborted(messages, [
    { producerId: '1', firstOffset: '3' },
    { producerId: '2', firstOffset: '5' },
  ]);
  const seen = messages.filter(({ isControlRecord }) => !isControlRecord).map(({ offset }) => offset);
  expect(seen).toEqual(['12', '14']);
});

describe('headers of a message', () => {
  const attributes = { ce_specversion: '1.0', ce_id: 'e-1', ce_source: '/units/u-1', ce_subject: 'u-1' };
  const headers = (more: Record<string, Buffer | string | undefined>) => ({ ...attributes, ...more });
  const value = Buffer.from('{}');

  test.each([
    ['ce_id', { ce_id: Buffer.from([0x65, 0xff]) }],
    ['ce_note', { ce_note: Buffer.from([0xed, 0xa0, 0x80]) }],
    ['content-type', { 'content-type': Buffer.from([0xc3, 0x28]) }],
    ['ce_\ufffd', { 'ce_\ufffd': Buffer.from('x') }],
  ])('that are no well-formed UTF-8 (%s) make it no event', (name, more) => {
    const said = decodeMessage({ value, headers: headers(more) });
    expect(said.text).toBeUndefined();
    expect(said.fault).toBe(`its header ${name} is no well-formed UTF-8`);
  });

  test('that say nothing are as if absent, and those that are not ours may hold anything', () => {
    const trace = Buffer.from([0xff, 0xfe]);
    const said = decodeMessage({
      value,
      headers: headers({ ce_time: undefined, trace, ['__proto__']: Buffer.from('x') }),
    });
    const record = { position: 1, storedAt: 0, ...said };
    expect(envelopeIn(record)).toEqual({
      specversion: '1.0',
      id: 'e-1',
      source: '/units/u-1',
      subject: 'u-1',
      data: {},
    });
    const nothing = headers({ ce_time: null as unknown as undefined });
    expect(decodeMessage({ value, headers: nothing }).text).not.toContain('time');
  });

  test('a message without a value is named as what it is', () => {
    expect(decodeMessage({ value: null, headers: {} }).fault).toMatch(/is empty/);
  });
});
