import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Store } from './client.ts';
import { fillTemplate } from './template.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

const LIST = `
CREATE TABLE IF NOT EXISTS {{table migrations}} (number UInt32, name String)
ENGINE = {{ReplacingMergeTree}} ORDER BY number;
{{spread migrations by number}}`;

const applied = z.object({ number: z.int() });

/** Files `0001-name.sql`, in order of their numbers. */
const migrations = () =>
  readdirSync(FOLDER)
    .filter((file) => /^\d{4}-[\w-]+\.sql$/.test(file))
    .sort()
    .map((file) => ({ number: Number(file.slice(0, 4)), name: file, file: new URL(file, FOLDER) }));

const statements = (sql: string): string[] =>
  sql
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replaceAll(/^--.*$/gm, '').trim() !== '');

async function run(store: Store, template: string): Promise<void> {
  for (const statement of statements(fillTemplate(template, store.cluster))) await store.command(statement);
}

/**
 * Brings the store's tables up to date and returns the names of the migrations that it ran. Statements can be
 * repeated (`IF NOT EXISTS`), so a migration that was cut short is simply run again.
 */
export async function migrate(store: Store): Promise<string[]> {
  await run(store, LIST);
  const done = await store.query(applied, 'SELECT number FROM migrations');
  const numbers = new Set(done.map(({ number }) => number));
  const ran: string[] = [];
  for (const { number, name, file } of migrations()) {
    if (numbers.has(number)) continue;
    await run(store, readFileSync(file, 'utf8'));
    await store.command('INSERT INTO migrations VALUES ({number:UInt32}, {name:String})', { number, name });
    ran.push(name);
  }
  return ran;
}
