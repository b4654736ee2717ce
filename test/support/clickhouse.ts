import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';

/**
 * ClickHouse's HTTP interface over chDB, as far as the product uses it: a real server cannot be had in the tests, and
 * libchdb starts none. The engine and its SQL are real; the door in front is written after ClickHouse's documentation
 * and source, with the limits that its defaults set. What it cannot show is where these differ from the truth.
 */
export type FakeServer = {
  url: string;
  /** Lengths of the URLs that came, and statements in the order in which they came. */
  urls: number[];
  statements: string[];
  /** May be changed while it runs. */
  limits: Limits;
  /** Answers like this instead, as a proxy or a server in trouble does; undefined to go on. */
  answerInstead: { status: number; text: string } | undefined;
  close(): Promise<void>;
};
type Limits = { uri: number; field: number };

export const CLICKHOUSE_LIMITS: Limits = { uri: 1_048_576, field: 131_072 };
/** What a proxy in front commonly takes of a request's first line. */
export const PROXY_URI = 8_192;

class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The fields of a form, read as bytes between boundaries. */
function fieldsOf(contentType: string, body: Buffer, most: number): Map<string, string> {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
  const fields = new Map<string, string>();
  for (const part of body.toString('utf8').split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(head)?.[1] ?? '';
    const value = rest.join('\r\n\r\n').slice(0, -2);
    if (Buffer.byteLength(value) > most)
      throw new Refused(400, 'Code: 1000. DB::Exception: HTML Form Exception: Field value too long.');
    fields.set(name, value);
  }
  return fields;
}

type Statement = { sql: string; params: Map<string, string>; inserted: Buffer | undefined };

async function statementIn(request: IncomingMessage, url: URL, limits: Limits): Promise<Statement> {
  const body = await buffer(request);
  const contentType = request.headers['content-type'] ?? '';
  const inUrl = new Map(url.searchParams);
  const isForm = contentType.startsWith('multipart/form-data');
  const fields = isForm ? fieldsOf(contentType, body, limits.field) : new Map<string, string>();
  const named = [...inUrl, ...fields].filter(([name]) => name.startsWith('param_'));
  const sql = `${inUrl.get('query') ?? ''}${fields.get('query') ?? ''}`;
  const params = new Map(named.map(([name, value]) => [name.slice('param_'.length), value]));
  if (isForm) return { sql, params, inserted: undefined };
  return sql === ''
    ? { sql: body.toString('utf8'), params, inserted: undefined }
    : { sql, params, inserted: body };
}

type Run = (sql: string) => Promise<Buffer>;

async function open(
  path: string,
  settings: readonly string[],
): Promise<{ run: Run; client: ClickHouseClient }> {
  const options = { connection: createChdbConnection({ path }) } as unknown;
  const client = createClient(options as Parameters<typeof createClient>[0]);
  let last: Promise<unknown> = Promise.resolve();
  const run: Run = (query) => {
    const done = last.then(async () => buffer((await client.exec({ query })).stream));
    last = done.catch(() => undefined);
    return done;
  };
  for (const setting of settings) await run(`SET ${setting}`);
  return { run, client };
}

const PLAIN = ['output_format_json_quote_64bit_integers = 0', 'output_format_json_quote_decimals = 0'];

/** Starts it on a folder of its own; one at a time in a process: chDB has one folder open. */
export async function startFakeClickHouse(port = 0): Promise<FakeServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-clickhouse-'));
  const writer = await open(join(folder, 'chdb'), PLAIN);
  const reader = await open(join(folder, 'chdb'), [...PLAIN, 'readonly = 1']);
  let files = 0;

  async function execute(url: URL, { sql, params, inserted }: Statement): Promise<Buffer> {
    const { run } = url.searchParams.get('readonly') === '1' ? reader : writer;
    const set = [...params].map(([name, value]) => `SET param_${name} = ${quoted(value)};`).join('');
    if (!inserted) return run(set + sql);
    const file = join(folder, `block-${++files}`);
    writeFileSync(file, inserted);
    const answer = await run(
      `${set}${sql.replace(/FORMAT Native$/, '')} SELECT * FROM file('${file}', Native)`,
    );
    rmSync(file);
    return answer;
  }

  const server = createServer({ maxHeaderSize: 16 * 2 ** 20 }, async (request, response) => {
    try {
      const address = request.url ?? '';
      fake.urls.push(address.length);
      const instead = fake.answerInstead;
      if (instead) throw new Refused(instead.status, instead.text);
      if (address.length > fake.limits.uri) throw new Refused(414, '414 Request-URI Too Large');
      const url = new URL(address, 'http://127.0.0.1');
      const statement = await statementIn(request, url, fake.limits);
      fake.statements.push(statement.sql);
      response.end(await execute(url, statement));
    } catch (error) {
      refuse(response, error as Error);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    urls: [],
    statements: [],
    limits: { ...CLICKHOUSE_LIMITS },
    answerInstead: undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await reader.client.close();
      await writer.client.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return fake;
}

function refuse(response: ServerResponse, error: Error): void {
  const code = /Code: (\d+)/.exec(error.message)?.[1];
  if (code) response.setHeader('X-ClickHouse-Exception-Code', code);
  response.writeHead(error instanceof Refused ? error.status : 500).end(error.message);
}
