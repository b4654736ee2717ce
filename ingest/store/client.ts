import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import type { z } from 'zod';
import { StoreHeldError, storeError } from './errors.ts';
import { formOf } from './multipart.ts';
import { type Params, paramStatement } from './params.ts';
import { readRows } from './rows.ts';

/**
 * The store: ClickHouse on a server, or chDB embedded in this process, both through @clickhouse/client.
 * This is the only file that knows which. One connection writes; several read, and those can do nothing else.
 * Methods reject with the errors of `errors.ts`.
 */
export type Store = {
  /** Name of the cluster whose nodes share the tables, if any. */
  readonly cluster: string | undefined;
  /** Rows of a SELECT (without FORMAT), each checked against `row`. 64-bit integers and decimals come as numbers. */
  query<T>(row: z.ZodType<T>, sql: string, params?: Params): Promise<T[]>;
  /** The answer of a SELECT as the bytes of the Native format (`clickhouse-native/read.ts`): columns of numbers, fast. */
  native(sql: string, params?: Params): Promise<Buffer>;
  /** A statement that changes something. */
  command(sql: string, params?: Params): Promise<void>;
  /** A statement that changes nothing that is seen, and may take long: it holds up neither writes nor reads. */
  inBackground(sql: string): Promise<void>;
  /** Whether the embedded engine merges no parts for now; a server keeps to its own rules. */
  pauseMerges(paused: boolean): Promise<void>;
  /** Inserts blocks in the Native format (`clickhouse-native/write.ts`); when it rejects, perhaps none or some of them. */
  insertNative(table: string, columns: readonly string[], blocks: readonly Uint8Array[]): Promise<void>;
  /** Waits for running statements, then lets go of the data directory. */
  close(): Promise<void>;
};

export type StoreOptions = {
  /** `http(s)://user:password@host:8123/database`; without it chDB in `dataDir`. */
  url?: string | undefined;
  /** Embedded chDB keeps its files in `store` below it (made if missing). One process at a time. */
  dataDir: string;
  cluster?: string | undefined;
  /** Reader connections (default 3). */
  readers?: number;
  /** Longest that a reader's query may take (default 30 s). */
  maxSeconds?: number;
};

type Connection = {
  run: (sql: string, params: Params) => Promise<Buffer>;
  insert: (into: string, blocks: readonly Uint8Array[]) => Promise<unknown>;
  close: () => Promise<void>;
};
type Connect = (settings: ClickHouseSettings) => Promise<Connection>;

const PLAIN_NUMBERS: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
};

/**
 * The only table with partitions has one for each year, and no row stands in two years: FINAL need not compare across
 * them, and reads a year that is one merged part as it lies.
 */
const FINAL_BY_YEAR: ClickHouseSettings = { do_not_merge_across_partitions_select_final: 1 };

/** Opens the store; `migrate` makes its tables. Throws StoreHeldError where another process has the directory. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { url, dataDir, cluster, readers: count = 3, maxSeconds = 30 } = options;
  const connect = url ? server(url) : embedded(join(resolve(dataDir), 'store'));
  const background = inTurn(await connect({}));
  const visibleAtOnce: ClickHouseSettings = cluster ? { distributed_foreground_insert: 1 } : {};
  const writer = inTurn(await connect({ ...PLAIN_NUMBERS, ...visibleAtOnce }));
  // The limit comes first: nothing can be set any more once the connection is read-only.
  const limits: ClickHouseSettings = {
    ...PLAIN_NUMBERS,
    ...FINAL_BY_YEAR,
    max_execution_time: maxSeconds,
    readonly: '1',
  };
  const readers: Connection[] = [];
  for (let index = 0; index < count; index++) readers.push(inTurn(await connect(limits)));
  const read = leastBusy(readers);
  return {
    cluster,
    query: async (row, sql, params = {}) => readRows(row, await read(`${sql}\nFORMAT JSONEachRow`, params)),
    native: (sql, params = {}) => read(`${sql}\nFORMAT Native`, params),
    command: async (sql, params = {}) => {
      await writer.run(sql, params);
    },
    inBackground: async (sql) => {
      await background.run(sql, {});
    },
    pauseMerges: async (paused) => {
      if (!url) await background.run(`SYSTEM ${paused ? 'STOP' : 'START'} MERGES`, {});
    },
    insertNative: async (table, columns, blocks) => {
      const into = `${table} (${columns.map((name) => `\`${name}\``).join(', ')})`;
      await writer.insert(into, blocks);
    },
    close: async () => {
      for (const connection of [...readers, background, writer]) await connection.close();
    },
  };
}

/** One statement after another, so that nobody's parameters meet another's statement. */
function inTurn(connection: Connection): Connection {
  let last: Promise<unknown> = Promise.resolve();
  const after = <T>(action: () => Promise<T>): Promise<T> => {
    const result = last.then(action);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    run: (sql, params) => after(() => connection.run(sql, params)),
    insert: (into, blocks) => after(() => connection.insert(into, blocks)),
    close: () => after(() => connection.close()),
  };
}

function leastBusy(connections: readonly Connection[]): Connection['run'] {
  const places = connections.map((connection) => ({ connection, waiting: 0 }));
  return async (sql, params) => {
    const place = places.reduce((best, other) => (other.waiting < best.waiting ? other : best));
    place.waiting += 1;
    try {
      return await place.connection.run(sql, params);
    } finally {
      place.waiting -= 1;
    }
  };
}

type Attached = { values?: Readable; http_headers?: Record<string, string> };

async function answer(client: ClickHouseClient, query: string, attached: Attached = {}): Promise<Buffer> {
  try {
    const { stream } = await client.exec({ query, ...attached });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  } catch (error) {
    throw storeError(error);
  }
}

/** What is bound goes into the body: a URL has no room for it. */
function asForm(client: ClickHouseClient, sql: string, params: Params): Promise<Buffer> {
  const { contentType, body } = formOf(sql, params);
  return answer(client, '', { values: Readable.from([body]), http_headers: { 'Content-Type': contentType } });
}

function server(url: string): Connect {
  return async (settings) => {
    const client = createClient({
      url,
      clickhouse_settings: settings,
      compression: { response: true },
      // What goes wrong is told by rejections; the client would tell it a second time, in its own form.
      log: { level: ClickHouseLogLevel.OFF },
    });
    return {
      run: (sql, params) =>
        Object.keys(params).length === 0 ? answer(client, sql) : asForm(client, sql, params),
      insert: (into, blocks) =>
        answer(client, `INSERT INTO ${into} FORMAT Native`, { values: Readable.from(blocks) }),
      close: () => client.close(),
    };
  };
}

/** What is bound is part of a statement's text: lists of ten thousand long ids go beyond the engine's own 256 KiB. */
const LARGE_STATEMENTS: ClickHouseSettings = { max_query_size: String(64 * 1024 * 1024) };

function embedded(folder: string): Connect {
  const spool = join(folder, 'blocks');
  rmSync(spool, { recursive: true, force: true });
  mkdirSync(spool, { recursive: true });
  return async (settings) => {
    // The hook that takes a connection is experimental and not in the client's types.
    const options = { connection: openChdb(folder) } as unknown;
    const client = createClient(options as Parameters<typeof createClient>[0]);
    for (const [name, value] of Object.entries({ ...LARGE_STATEMENTS, ...settings }))
      await answer(client, `SET ${name} = ${value}`);
    const run: Connection['run'] = (sql, params) => answer(client, paramStatement(params) + sql);
    return {
      run,
      // chDB takes statements as text, so binary blocks go by way of a file: six times faster than JSON.
      insert: async (into, blocks) => {
        const file = join(spool, randomUUID());
        await writeFile(file, blocks);
        try {
          await run(`INSERT INTO ${into} SELECT * FROM file({file:String}, Native)`, { file });
        } finally {
          await unlink(file);
        }
      },
      close: () => client.close(),
    };
  };
}

/**
 * Opens chDB and notes who has it. chDB's own lock decides, but its error doesn't say why it could not open: where
 * the note names a process that lives, that is why.
 */
function openChdb(folder: string): ReturnType<typeof createChdbConnection> {
  const note = join(folder, 'holder.pid');
  try {
    const connection = createChdbConnection({ path: join(folder, 'chdb') });
    writeFileSync(note, String(process.pid));
    return connection;
  } catch (error) {
    const holder = holderIn(note);
    throw holder === undefined ? storeError(error) : new StoreHeldError(folder, holder, error);
  }
}

/** The id of another, living process. */
function holderIn(note: string): number | undefined {
  try {
    const pid = Number(readFileSync(note, 'utf8')) || process.pid;
    process.kill(pid, 0);
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined;
  }
}
