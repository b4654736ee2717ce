import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { CloudEvent, HTTP, type Message } from 'cloudevents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '#api/http/problem.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

const run = promisify(execFile);

let app: StubApp;
let answer: ((events: readonly unknown[]) => Receipt[]) | undefined;

beforeAll(async () => {
  app = await startStubApp({
    intake: {
      submit: async (events, sender) => {
        app.submitted.push(...events);
        senders.push(sender);
        return (
          answer?.(events) ??
          events.map((event) => ({ id: (event as { id: string }).id, status: 'appended', position: '0-7' }))
        );
      },
      restore: async () => ({ events: 0, raised: 0 }),
      sample: async () => ({ events: 0 }),
    },
  });
});
afterAll(() => app.stop());

const senders: unknown[] = [];
beforeEach(() => {
  app.submitted.length = 0;
  senders.length = 0;
  answer = undefined;
});

type Sent = { headers: Record<string, string>; body: string | Uint8Array };

const post = (message: Sent, token = app.tokens.unit): Promise<Response> =>
  fetch(`${app.url}/api/events`, {
    method: 'POST',
    headers: { ...message.headers, authorization: `Bearer ${token}` },
    body: message.body as string,
  });

const TITLE = '第三管理区 专题调研 100% "完成"';

const research = (id: string, over: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id,
  source: '/units/farm-1',
  subject: 'farm-1',
  type: 'activity.recorded',
  time: '2026-03-31T01:30:00Z',
  datacontenttype: 'application/json',
  data: {
    activity: id,
    unit: 'farm-1',
    year: 2026,
    kind: 'research',
    occurredOn: '2026-03-30',
    title: TITLE,
  },
  ...over,
});

const fromSdk = (message: Message): Sent => ({
  headers: message.headers as Record<string, string>,
  body: message.body as string,
});

describe('given events made by the CloudEvents SDK', () => {
  it('when one is sent in structured mode, then it arrives as it was', async () => {
    const response = await post(fromSdk(HTTP.structured(new CloudEvent(research('sdk-1')))));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({
      receipts: [{ id: 'sdk-1', status: 'appended', position: '0-7' }],
      watermark: '7',
    });
    expect(app.submitted).toMatchObject([{ id: 'sdk-1', subject: 'farm-1', data: { title: TITLE } }]);
    const token = app.access.list().find(({ rights }) => rights.unit === 'farm-1');
    expect(senders).toEqual([{ role: 'unit', unit: 'farm-1', actor: token?.id }]);
  });

  it('when one is sent in binary mode, then its headers become attributes again', async () => {
    const sent = fromSdk(HTTP.binary(new CloudEvent(research('sdk-2'))));
    expect((await post(sent)).status).toBe(202);
    expect(app.submitted).toMatchObject([
      {
        specversion: '1.0',
        id: 'sdk-2',
        source: '/units/farm-1',
        type: 'activity.recorded',
        data: { title: TITLE },
      },
    ]);
  });

  it('when a batch is sent, then each event has its receipt, refused ones too, under 202', async () => {
    answer = () => [
      { id: 'sdk-3', status: 'appended', position: '0-8' },
      { id: 'sdk-4', status: 'conflict', problem: 'came first' },
    ];
    const events = ['sdk-3', 'sdk-4'].map((id) => new CloudEvent(research(id)).toJSON());
    const response = await post({
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=UTF-8' },
      body: JSON.stringify(events),
    });
    expect(response.status).toBe(202);
    expect(((await response.json()) as { receipts: Receipt[] }).receipts.map(({ status }) => status)).toEqual(
      ['appended', 'conflict'],
    );
  });
});

describe('given binary mode', () => {
  const binary = (headers: Record<string, string>) => ({
    headers: {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'b-1',
      'ce-source': '/units/farm-1',
      'ce-type': 'activity.recorded',
      ...headers,
    },
    body: JSON.stringify(research('b-1').data),
  });

  it('when header values are percent-encoded or quoted, then they are decoded as the binding says', async () => {
    await post(
      binary({ 'ce-id': 'Euro%20%E2%82%AC%20%F0%9F%98%80', 'ce-note': '"a \\"b\\" c"', 'ce-rate': '5%' }),
    );
    expect(app.submitted).toMatchObject([{ id: 'Euro € 😀', note: 'a "b" c', rate: '5%' }]);
  });

  it('when escapes are no UTF-8, then 400', async () => {
    expect((await post(binary({ 'ce-id': '%E2%82' }))).status).toBe(400);
    expect(app.submitted).toEqual([]);
  });

  it.each(['ce-data', 'ce-data_base64', 'ce-datacontenttype'])(
    'when a header %s says what the body or Content-Type says, then 400',
    async (name) => {
      expect((await post(binary({ [name]: 'x' }))).status).toBe(400);
      expect(app.submitted).toEqual([]);
    },
  );
});

describe('given other forms of body', () => {
  const json = { 'content-type': 'application/cloudevents+json' };

  it('when it is compressed, then it is inflated', async () => {
    const body = gzipSync(JSON.stringify(research('gz')));
    expect((await post({ headers: { ...json, 'content-encoding': 'gzip' }, body })).status).toBe(202);
  });

  it('when JSON data comes in base64, then it is data like any other', async () => {
    const { data, ...rest } = research('b64');
    const body = JSON.stringify({
      ...rest,
      data_base64: Buffer.from(JSON.stringify(data)).toString('base64'),
    });
    expect((await post({ headers: json, body })).status).toBe(202);
    expect(app.submitted).toMatchObject([{ id: 'b64', data: { title: TITLE } }]);
    expect(app.submitted[0]).not.toHaveProperty('data_base64');
  });

  it('when it inflates beyond the limit, then 413 before the door', async () => {
    const body = gzipSync(JSON.stringify(research('big', { note: 'x'.repeat(2_000_000) })));
    const response = await post({ headers: { ...json, 'content-encoding': 'gzip' }, body });
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['text/plain', '{}', 415],
    ['application/cloudevents+xml', '<event/>', 415],
    ['application/cloudevents+json; charset=gb18030', '{}', 415],
    ['application/cloudevents+json; charset=utf-8; charset=gb18030', '{}', 415],
    ['application/cloudevents+json', '{"id":', 400],
    ['application/cloudevents-batch+json', '{}', 400],
    ['application/cloudevents+json', Buffer.from([0x22, 0xff, 0x22]), 400],
  ])('when %s comes as %s, then %i', async (type, body, status) => {
    const response = await post({ headers: { 'content-type': type }, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      status,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(app.submitted).toEqual([]);
  });

  it('when curl sends it, then it is taken', async () => {
    const { stdout } = await run('curl', [
      ...['-s', '-w', '\n%{http_code}', '-X', 'POST', `${app.url}/api/events`],
      ...[
        '-H',
        `Authorization: Bearer ${app.tokens.unit}`,
        '-H',
        'Content-Type: application/cloudevents+json',
      ],
      ...['-d', JSON.stringify(research('curl-1'))],
    ]);
    expect(stdout.split('\n').at(-1)).toBe('202');
  });
});

describe('given a single event that is refused', () => {
  const single = () => post(fromSdk(HTTP.structured(new CloudEvent(research('one')))));

  it.each([
    ['conflict', 409],
    ['rejected', 422],
  ] as const)('when it is %s, then %i as problem details with the receipt', async (status, code) => {
    const faults = [{ field: 'data.kind', message: 'the plan has no such kind' }];
    answer = () => [{ id: 'one', status, problem: 'data.kind: the plan has no such kind', faults }];
    const response = await single();
    expect(response.status).toBe(code);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      status: code,
      detail: 'data.kind: the plan has no such kind',
      errors: faults,
      receipts: [{ id: 'one', status }],
      watermark: '7',
    });
  });

  it('when it was there already, then 202', async () => {
    answer = () => [{ id: 'one', status: 'already', position: '0-1' }];
    expect((await single()).status).toBe(202);
  });

  it('when the door is busy, then 503 with Retry-After', async () => {
    answer = () => {
      throw new Problem('unavailable', 'More than can be taken.', { headers: { 'Retry-After': '2' } });
    };
    const response = await single();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('when the inside fails, then 500 tells nothing of it, and the log has it', async () => {
    answer = () => {
      throw new Error('password of the store is hunter2');
    };
    const response = await single();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(
      JSON.stringify(app.errors.at(-1), (_key, value) => (value instanceof Error ? value.message : value)),
    ).toContain('hunter2');
  });
});

describe('given a token bound to the unit farm-1', () => {
  const structured = (event: object, token = app.tokens.unit) =>
    post({ headers: { 'content-type': 'application/cloudevents+json' }, body: JSON.stringify(event) }, token);

  it.each([
    ['the source of another unit', { source: '/units/farm-2' }],
    ['the source of the organisation', { source: '/organisation' }],
    ['the subject of another unit', { subject: 'farm-2' }],
    ['the data of another unit', { data: { ...research('x').data, unit: 'farm-2' } }],
  ])('when it sends %s, then 403 and nothing is appended', async (_what, over) => {
    expect((await structured(research('x', over))).status).toBe(403);
    expect(app.submitted).toEqual([]);
  });

  it('when one event of a batch is foreign, then the whole batch is refused', async () => {
    const events = [research('y'), research('z', { source: '/units/farm-2' })];
    const response = await post({
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    });
    expect([response.status, app.submitted]).toEqual([403, []]);
    expect(((await response.json()) as { detail: string }).detail).toContain('Event 2');
  });

  it('when the organisation sends in a unit’s name, then 403', async () => {
    expect((await structured(research('w'), app.tokens.organisation)).status).toBe(403);
  });

  it('when a leader sends anything, then 403', async () => {
    expect((await structured(research('v'), app.tokens.leader)).status).toBe(403);
  });
});
