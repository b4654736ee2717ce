import { execFileSync } from 'node:child_process';
import { createHash, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '#schemas/canonical.ts';
import type { ConsistencyAnswer, FreezeRow, InclusionAnswer, SealedYear } from '#schemas/freezes.ts';
import { type SealedFile, sealedFileText } from '#schemas/manifest.ts';
import { type Bytes, verifyConsistency, verifyInclusion } from '#schemas/merkle.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { adopted, fromOrganisation, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

const sha256 = (bytes: Bytes): Bytes => createHash('sha256').update(bytes).digest();
const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Bytes => Buffer.from(text, 'hex');

/** The seal's statement, as anyone would put it together who has read docs/sealing.md. */
function statementOf(row: FreezeRow): string {
  const { number: _n, position: _p, recordedtime: _r, signature: _s, publicKey: _k, ...statement } = row;
  return canonicalJson(statement);
}

const isSigned = (row: FreezeRow): boolean =>
  verify(null, Buffer.from(statementOf(row)), row.publicKey, Buffer.from(row.signature, 'base64'));

let product: Product;
const unitToken: Record<string, string> = {};

const seal = (asOf?: string): Promise<SealedYear> =>
  product.json<SealedYear>('/freezes/2026', { method: 'POST', ...(asOf ? { body: { asOf } } : {}) });
const read = (query = '', token?: string): Promise<SealedYear> =>
  product.json<SealedYear>(`/freezes/2026${query}`, token ? { token } : {});
const prove = <T>(query: string, token?: string): Promise<T> =>
  product.json<T>(`/freezes/2026/proof?${query}`, token ? { token } : {});
const file = async (query = ''): Promise<string> => (await product.call(`/freezes/2026/file${query}`)).text();

const first = recorded('u-1', 'a-1', { occurredOn: '2026-02-03' }, { id: 'first' });

beforeAll(async () => {
  product = await startProduct();
  await product.send([adopted(2026), registered('u-1'), registered('u-2'), registered('u-3')]);
  for (const unit of ['u-1', 'u-2']) unitToken[unit] = await product.tokens.unit(unit);
  await product.send(
    [first, recorded('u-1', 'a-2', { occurredOn: '2026-05-03', title: '第二次\u2028"调研"' })],
    unitToken['u-1'],
  );
  await product.send([recorded('u-2', 'a-1', { occurredOn: '2026-08-03' })], unitToken['u-2']);
});
afterAll(() => product?.stop());

describe('Given a year that nobody sealed', () => {
  it('when its seal is asked for, then there is none', async () => {
    expect((await product.call('/freezes/2026')).status).toBe(404);
    expect(await product.json('/freezes/2026/seals')).toMatchObject({ freezes: [] });
    expect((await product.call('/freezes/2026/file')).status).toBe(404);
  });

  it('when others than the organisation department seal it, then they may not', async () => {
    for (const token of [unitToken['u-1'], product.tokens.leader])
      expect((await product.call('/freezes/2026', { method: 'POST', token: token ?? '' })).status).toBe(403);
  });

  it('when it shall be sealed as of tomorrow, or without a plan, then it is refused in a sentence', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const early = await product.call('/freezes/2026', { method: 'POST', body: { asOf: tomorrow } });
    expect(early.status).toBe(422);
    expect(await early.text()).toContain('must not lie in the future');
    expect((await product.call('/freezes/2031', { method: 'POST' })).status).toBe(404);
  });
});

describe('Given a sealed year', () => {
  let sealed: SealedYear;
  let asKnown: Ranking;

  beforeAll(async () => {
    sealed = await seal();
    asKnown = await product.json<Ranking>(`/rankings/2026?asOf=${encodeURIComponent(sealed.freeze.asOf)}`);
  });

  it('then it holds the ranking rows of that time, to the byte, bands and all', () => {
    expect(sealed.result).toHaveLength(3);
    expect(canonicalJson(sealed.result)).toBe(canonicalJson(asKnown.rows));
    expect((sealed.result[0] as RankingRow).band).toEqual([expect.any(Number), expect.any(Number)]);
    expect(asKnown.complete).toBe(true);
  });

  it('then its seal is signed, counts the events, and the file bears it out', async () => {
    expect(sealed.freeze).toMatchObject({
      number: 1,
      events: 7,
      previous: null,
      plan: { year: 2026, version: 1 },
    });
    expect(isSigned(sealed.freeze)).toBe(true);
    const text = await file();
    const kept = JSON.parse(text) as SealedFile;
    expect(text).toBe(sealedFileText(kept));
    expect(hex(sha256(Buffer.from(canonicalJson(kept.manifest))))).toBe(sealed.freeze.manifest);
    expect(kept.manifest.plan.requirements).toHaveLength(1);
    expect(kept.manifest.rows).toEqual(sealed.result);
  });

  it('then the key was made in the data folder, for its owner alone', () => {
    const key = join(product.dataDir, 'signing-key.pem');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
  });

  it('when events come later, then nothing in it changes, they are listed as late, and the ranking goes on', async () => {
    await product.send(
      [recorded('u-3', 'late-1', { occurredOn: '2026-02-09' }, { id: 'too-late' })],
      await product.tokens.unit('u-3'),
    );
    await product.send([fromOrganisation('u-1', 'activity.verified', { activity: 'a-1', reason: '属实' })]);
    await product.send([adopted(2027)]);
    const later = await read();
    expect(later.result).toEqual(sealed.result);
    expect(later.freeze).toEqual(sealed.freeze);
    expect(later.late.total).toBe(2);
    expect(later.late.events.map(({ id, subject, type }) => [id, subject, type])).toEqual([
      ['too-late', 'u-3', 'activity.recorded'],
      [expect.any(String), 'u-1', 'activity.verified'],
    ]);
    expect(later.late.events.map(({ title }) => title)).toEqual([
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ]);
    const paged = await read('?limit=1');
    expect(paged.late.events).toHaveLength(1);
    const rest = await read(`?limit=10&cursor=${paged.late.nextCursor}`);
    expect(rest.late.events.map(({ type }) => type)).toEqual(['activity.verified']);
    const live = await product.json<Ranking>('/rankings/2026');
    expect(canonicalJson(live.rows)).not.toBe(canonicalJson(sealed.result));
  });

  it('when a unit reads it, then it sees itself in full with a proof, and of the others rank and total only', async () => {
    const own = await read('', unitToken['u-1']);
    const rows = own.result as Record<string, unknown>[];
    const index = rows.findIndex(({ unit }) => unit === 'u-1');
    expect(rows.filter(({ unit }) => unit !== undefined)).toHaveLength(1);
    for (const [at, row] of rows.entries())
      if (at !== index) expect(Object.keys(row)).toEqual(['rank', 'total']);
    expect(own.late.events.map(({ subject }) => subject)).toEqual(['u-1']);
    expect(own.ownRow?.index).toBe(index);
    const leaf = sha256(Buffer.concat([Buffer.of(0), Buffer.from(canonicalJson(rows[index]))]));
    expect(
      verifyInclusion(sha256, {
        index,
        size: own.freeze.rows.count,
        leaf,
        proof: (own.ownRow?.proof ?? []).map(bytes),
        root: bytes(own.freeze.rows.root),
      }),
    ).toBe(true);
    expect((await product.call('/freezes/2026/file', { token: unitToken['u-1'] ?? '' })).status).toBe(403);
  });

  it('when a unit asks for the proof of its event, then anyone can check it against the signed root', async () => {
    const answer = await prove<InclusionAnswer>('event=first', unitToken['u-1']);
    expect(answer.event).toMatchObject({ id: 'first', recordedtime: expect.any(String) });
    const leaf = sha256(Buffer.concat([Buffer.of(0), Buffer.from(canonicalJson(answer.event))]));
    expect(hex(leaf)).toBe(answer.leaf);
    const { index, freeze } = answer;
    const claim = {
      index,
      size: freeze.events,
      leaf,
      proof: answer.proof.map(bytes),
      root: bytes(freeze.root),
    };
    expect(verifyInclusion(sha256, claim)).toBe(true);
    expect(isSigned(freeze)).toBe(true);
  });

  it('when somebody follows the page about sealing, then its few lines say the same', async () => {
    const answer = await prove<InclusionAnswer>('event=first', unitToken['u-1']);
    const page = readFileSync('docs/sealing.md', 'utf8');
    const [, snippet = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const run = (given: unknown): string => {
      const script = `const answer = ${JSON.stringify(given)};\n${snippet}`;
      return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      }).trim();
    };
    expect(run(answer)).toBe('true');
    expect(run({ ...answer, event: { ...answer.event, id: 'another' } })).toBe('false');
    expect(run({ ...answer, freeze: { ...answer.freeze, year: 2025 } })).toBe('false');
  });

  it('when a unit asks for another unit’s event, by id or by position, then it learns nothing', async () => {
    const stranger = { token: unitToken['u-2'] ?? '' };
    expect((await product.call('/freezes/2026/proof?event=first', stranger)).status).toBe(404);
    const { events } = await product.json<{ events: { id: string; position: string }[] }>('/events');
    const position = events.find(({ id }) => id === 'first')?.position;
    expect((await product.call(`/freezes/2026/proof?event=${position}`, stranger)).status).toBe(404);
    expect((await prove<InclusionAnswer>(`event=${position}`)).event.id).toBe('first');
    expect((await product.call('/freezes/2026/proof?event=first&subject=u-1', stranger)).status).toBe(403);
  });

  it('when a late event or nothing in particular shall be proved, then it is refused', async () => {
    const late = await product.call('/freezes/2026/proof?event=too-late');
    expect(late.status).toBe(404);
    expect(await late.text()).toContain('it came later');
    expect((await product.call('/freezes/2026/proof')).status).toBe(400);
  });

  it('when every event of the year is proved, then each has its own place', async () => {
    const { events } = await product.json<{ events: { position: string; recordedtime: string }[] }>(
      '/events',
    );
    const indexes = new Set<number>();
    for (const { position, recordedtime } of events) {
      if (recordedtime > sealed.freeze.asOf) continue;
      const { index, leaf, proof, freeze } = await prove<InclusionAnswer>(`event=${position}`);
      indexes.add(index);
      const claim = {
        index,
        size: freeze.events,
        leaf: bytes(leaf),
        proof: proof.map(bytes),
        root: bytes(freeze.root),
      };
      expect(verifyInclusion(sha256, claim)).toBe(true);
    }
    expect([...indexes].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('when it is sealed again, then both are kept, the later one stands and begins with the earlier one', async () => {
    const again = await seal();
    expect(again.freezes.map(({ number }) => number)).toEqual([1, 2]);
    const { asOf, events, root } = sealed.freeze;
    expect(again.freeze).toMatchObject({ number: 2, previous: { asOf, events, root } });
    expect(again.late.total).toBe(0);
    expect((await read('?freeze=1')).result).toEqual(sealed.result);
    const { from, freeze, proof } = await prove<ConsistencyAnswer>('consistency=1');
    expect(from).toEqual(sealed.freeze);
    const claim = {
      first: from.events,
      second: freeze.events,
      firstRoot: bytes(from.root),
      secondRoot: bytes(freeze.root),
      proof: proof.map(bytes),
    };
    expect(verifyConsistency(sha256, claim)).toBe(true);
    expect((await product.call('/freezes/2026/proof?consistency=2&freeze=1')).status).toBe(404);
  });

  it('when it shall be sealed as of a time before its last seal, then that is refused', async () => {
    const response = await product.call('/freezes/2026', {
      method: 'POST',
      body: { asOf: sealed.freeze.asOf },
    });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('cannot look further back');
  });

  it('when files and trees are lost or damaged where they are kept, then the events make them again', async () => {
    const folder = join(product.dataDir, 'seals');
    const before = [await file('?freeze=1'), await file('?freeze=2')];
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.startsWith(sealed.freeze.manifest)) rmSync(path);
      else {
        const content = readFileSync(path);
        content[64] = (content[64] ?? 0) ^ 1;
        writeFileSync(path, content);
      }
    }
    // What is held in memory would answer for the files.
    await restart();
    expect([await file('?freeze=1'), await file('?freeze=2')]).toEqual(before);
    const answer = await prove<InclusionAnswer>('event=first&freeze=1');
    expect(answer.freeze).toEqual(sealed.freeze);
    await prove<ConsistencyAnswer>('consistency=1');
    expect(existsSync(join(folder, `${sealed.freeze.manifest}.tree`))).toBe(true);
  });

  it('then the audit log says who sealed it', async () => {
    const { entries } = await product.json<{ entries: { action: string }[] }>('/audit');
    expect(entries.filter(({ action }) => action === 'year.sealed')).toHaveLength(2);
  });
});

async function restart(): Promise<void> {
  const { dataDir } = product;
  await product.stop({ keep: true });
  product = await startProduct({ dataDir });
  for (const unit of ['u-1', 'u-2']) unitToken[unit] = await product.tokens.unit(unit);
}
