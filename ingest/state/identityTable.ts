import type { Database } from 'lmdb';
import { createHashDirectory } from './hashDirectory.ts';
import type { Identity } from './state.ts';

/** Identities in the order in which they came, some to a page; digests of 32 bytes one behind the other. */
export type IdentityPage = { keys: string[]; positions: number[]; digests: Uint8Array };

const PAGE = 64;
const DIGEST = 32;

export type IdentityTable = {
  get(key: string): Identity | undefined;
  /** Writes what a commit adds, as part of its transaction. */
  write(added: ReadonlyMap<string, Identity>): void;
  /** Takes over what has been written, once it is committed. */
  settle(added: ReadonlyMap<string, Identity>): void;
  /** Within a transaction. */
  clear(): void;
};

function pageOf(entries: readonly (readonly [string, Identity])[]): IdentityPage {
  const digests = Buffer.allocUnsafe(entries.length * DIGEST);
  for (const [index, [, { content }]] of entries.entries())
    digests.write(content, index * DIGEST, DIGEST, 'base64');
  return {
    keys: entries.map(([key]) => key),
    positions: entries.map(([, { position }]) => position),
    digests,
  };
}

function identityAt({ positions, digests }: IdentityPage, index: number): Identity {
  const { buffer, byteOffset } = digests;
  const content = Buffer.from(buffer, byteOffset + index * DIGEST, DIGEST).toString('base64');
  return { position: positions[index] ?? 0, content };
}

const entriesOf = (page: IdentityPage): [string, Identity][] =>
  page.keys.map((key, index) => [key, identityAt(page, index)]);

/**
 * Every event adds an identity and nearly none finds one. In a tree by key each would touch a page of its own, half
 * of all that a commit costs; so they are written one behind the other, and found by a directory in memory.
 */
export function openIdentityTable(pages: Database<IdentityPage, number>): IdentityTable {
  const directory = createHashDirectory();
  let count = 0;
  /** The entries of the last page, while it has room. */
  let tail: [string, Identity][] = [];
  let lastRead: { number: number; page: IdentityPage } | undefined;

  function read(number: number): IdentityPage | undefined {
    if (lastRead?.number === number) return lastRead.page;
    const page = pages.get(number);
    if (page && number !== Math.floor(count / PAGE)) lastRead = { number, page };
    return page;
  }

  for (const { value } of pages.getRange()) {
    for (const key of value.keys) directory.add(key, count++);
    tail = value.keys.length < PAGE ? entriesOf(value) : [];
  }

  return {
    get(key) {
      const ordinal = directory.find(key, (at) => read(Math.floor(at / PAGE))?.keys[at % PAGE] === key);
      if (ordinal === undefined) return undefined;
      return identityAt(read(Math.floor(ordinal / PAGE)) as IdentityPage, ordinal % PAGE);
    },
    write(added) {
      const entries = [...tail, ...added];
      const first = (count - tail.length) / PAGE;
      for (let at = 0; at < entries.length; at += PAGE)
        pages.put(first + at / PAGE, pageOf(entries.slice(at, at + PAGE)));
    },
    settle(added) {
      const entries = [...tail, ...added];
      for (const key of added.keys()) directory.add(key, count++);
      tail = entries.slice(entries.length - (count % PAGE));
      lastRead = undefined;
    },
    clear() {
      pages.clearSync();
      directory.clear();
      count = 0;
      tail = [];
      lastRead = undefined;
    },
  };
}
