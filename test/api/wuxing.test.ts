import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { planWorkbook } from '#api/imports/planTemplate.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { ended, runTool, runToolHere, said, startTool } from '#test/support/tool.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'wuxing-tool-'));
  folders.push(made);
  return made;
};
const servers: ChildProcessWithoutNullStreams[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    const closed = new Promise((resolve) => server.on('close', resolve));
    server.kill('SIGTERM');
    await closed;
  }
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

async function serve(dataDir: string, args: string[] = [], env: Record<string, string> = {}, bin = false) {
  const server = startTool(['serve', ...args], { DATA_DIR: dataDir, PORT: '0', ...env }, bin);
  servers.push(server);
  const [, url = '', link = ''] = await said(server, /Wuxing is at (\S+)\n.*: (\S+)\n/);
  return { server, url, token: link.split('#token=')[1] ?? '' };
}

const ADMIN_TOKEN = 'a-token-of-the-administrator-for-tests';

describe('given the tool alone', () => {
  it.each(['serve', 'sample', 'import', 'export', 'rebuild', 'token'])(
    'when %s is asked for help, then it explains itself',
    async (command) => {
      const { code, out } = await runToolHere([command, '--help'], {});
      expect([code, out.startsWith(`Usage: wuxing ${command}`)]).toEqual([0, true]);
    },
  );

  it('when it is started with what it does not know, then it says so, with exit code 1', async () => {
    const { code, out, err } = await runTool(['sevre'], {});
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/unknown command 'sevre'[\s\S]*Usage: wuxing /),
    ]);
  });

  it('when a spreadsheet or a plan is imported, then alone or through a server, each faulty row is told', async () => {
    const env = { DATA_DIR: folder() };
    const file = join(env.DATA_DIR, 'units.csv');
    const heads = '单位编号,名称,类别,班子人数,一把手';
    writeFileSync(file, `${heads}\nfarm-01,第一管理区,农业管理区,8,m-01\nfarm-02,乙,farm,八,m-02\n`);
    const rehearsed = await runToolHere(['import', 'units', file, '--dry-run'], env);
    expect([rehearsed.code, rehearsed.err.split('\n').slice(0, 3)]).toEqual([
      1,
      [
        'row 3, 班子人数: “八”不是整数。',
        'Would be: 1 new, 0 changed, 0 there already, 1 refused.',
        'Some rows would be refused.',
      ],
    ]);
    const plan = join(env.DATA_DIR, 'plan.xlsx');
    writeFileSync(plan, await planWorkbook(plan2026, 'zh', null));
    const adopted = await runToolHere(['import', 'plan', plan], env);
    expect([adopted.code, adopted.err]).toEqual([0, 'Adopted: version 1 of the plan of 2026.\n']);
    await serve(env.DATA_DIR);
    const types = plan2026.criteria.map(({ id, name }, index) => `${id},${name.zh},${name.en},${index * 5}`);
    writeFileSync(plan, `编号,中文名称,英文名称,权重\n${types.join('\n')}\n`);
    const faulty = await runToolHere(['import', 'plan', plan, '--year', '2026'], env);
    expect([faulty.code, faulty.err]).toEqual([
      1,
      'row 2, 权重: “0”不合适：要大于 0，并在允许的范围之内。\nThe plan has faults; none of it is adopted.\n',
    ]);
    const punished = plan2026.conditions.map((one, at) => (at === 0 ? { ...one, kind: 'violation' } : one));
    writeFileSync(plan, await planWorkbook({ ...plan2026, conditions: punished }, 'zh', 1));
    const odd = await runToolHere(['import', 'plan', plan], env);
    expect([odd.code, odd.err]).toEqual([
      1,
      expect.stringContaining(
        'nobody could meet conditions.leading-group: what it asks for is held against units elsewhere in the plan (integrity.violation). If that is meant: --despite asked-and-punished:leading-group\n',
      ),
    ]);
    const meant = ['--despite', 'asked-and-punished:leading-group'];
    expect(await runToolHere(['import', 'plan', plan, ...meant], env)).toMatchObject({
      code: 0,
      err: expect.stringContaining('Adopted: version 2 of the plan of 2026.\n'),
    });
    const sent = await runToolHere(['import', 'units', file, '--lang', 'en'], env);
    expect([sent.code, sent.err]).toEqual([
      1,
      expect.stringMatching(
        /^row 3, 班子人数: “八” is no whole number\.\nImport [0-9a-f]+: 1 new, 0 changed, 0 there already, 1 refused\.\n/,
      ),
    ]);
    writeFileSync(file, `${heads}\nfarm-01,第一管理区,farm,8,m-01\n`);
    expect(await runToolHere(['import', 'units', file], env)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/0 new, 0 changed, 1 there already, 0 refused\.\n$/),
    });
  });

  it('when settings are wrong, then each is named with what is allowed', async () => {
    const { code, err } = await runToolHere(['serve'], {
      PORT: 'many',
      STORE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    expect(err).toMatch(/PORT must be a whole number from 0 to 65535/);
    expect(err).toMatch(/STORE_URL must be such as http/);
    expect(err).toMatch(/LOG_LEVEL must be one of silent, error, warn, info, debug/);
  });

  it.each(['1', 'x'.repeat(31), `${'x'.repeat(40)} x`])(
    'when ADMIN_TOKEN is %s, then it is refused before anything is opened, and not repeated',
    async (token) => {
      const dataDir = join(folder(), 'none');
      const { code, err } = await runToolHere(['serve'], { DATA_DIR: dataDir, ADMIN_TOKEN: token });
      expect(code).toBe(1);
      expect(err).toMatch(/ADMIN_TOKEN must be 32 to 512/);
      expect(token.length > 1 && err.includes(token)).toBe(false);
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  it('when tokens are issued and revoked, then the list says so and tells no secret', async () => {
    const env = { DATA_DIR: folder() };
    const issued = await runTool(
      ['token', '--role', 'unit', '--unit', 'farm-1', '--label', '一区', '--expires', '90d'],
      env,
    );
    expect(issued.out).toMatch(/^wx_\S{43}\n$/);
    const id = issued.err.split(':')[0] ?? '';
    expect((await runToolHere(['token', '--list'], env)).out).toMatch(
      new RegExp(`${id}\\tbearer\\tunit\\tfarm-1.*valid\\t一区`),
    );
    expect((await runToolHere(['token', '--revoke', id], env)).code).toBe(0);
    const { out } = await runToolHere(['token', '--list'], env);
    expect(out).toContain('revoked');
    expect(out).not.toContain(issued.out.trim());
    expect((await runToolHere(['token', '--role', 'unit'], env)).err).toMatch(/Give --unit/);
  });
});

describe('given a server that holds the folder', () => {
  it('when the tool works on it, then it goes through the server; the move to another folder keeps every event', async () => {
    const from = folder();
    const { server, url, token: printed } = await serve(from, [], { ADMIN_TOKEN }, true);
    const env = { DATA_DIR: from };
    expect(printed).toBe('');
    const token = (await runToolHere(['token', '--link'], env)).out.trim().split('#token=')[1] ?? '';
    expect(statSync(join(from, 'server.json')).mode & 0o777).toBe(0o600);
    expect((await runToolHere(['serve'], { ...env, PORT: '0' })).err).toMatch(
      /Process \d+ serves .* already/,
    );

    const sampled = await runToolHere(['sample', '--today', '2026-03-01', '--seed', '3'], env);
    expect(sampled.err).toMatch(/events loaded/);
    expect((await runToolHere(['sample'], env)).err).toMatch(/holds events already/);
    const file = join(from, 'events.ndjson');
    expect((await runTool(['export', 'events', '--out', file], env)).code).toBe(0);
    expect((await runToolHere(['rebuild'], env)).err).toMatch(/events replayed/);

    const ask = (path: string, at = url) =>
      fetch(at + path, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }).then((answer) =>
        answer.json(),
      );
    const before = (await ask('/api/rankings/2025?asOf=2026-02-01T00:00:00Z')) as { rows: unknown[] };
    expect(before.rows.length).toBeGreaterThan(40);
    const { entries } = (await ask('/api/audit')) as {
      entries: { action: string; who: { label: string } }[];
    };
    // An export is told by the page, of which there are more the later in the year.
    const actions = [...new Set(entries.map(({ action }) => action))];
    expect(actions).toEqual(['store.rebuilt', 'events.exported', 'sample.loaded', 'token.issued']);
    expect(entries[0]?.who.label).toBe('wuxing on this machine');

    const signedIn = await fetch(`${url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(signedIn.status).toBe(201);

    const closed = new Promise((resolve) => server.on('close', resolve));
    server.kill('SIGTERM');
    await closed;
    expect(existsSync(join(from, 'server.json'))).toBe(false);

    const to = folder();
    expect((await runToolHere(['import', 'events', file], { DATA_DIR: to })).err).toMatch(/events imported/);
    const again = await runTool(['export', 'events'], { DATA_DIR: to });
    expect(again.out).toBe(readFileSync(file, 'utf8'));
    const moved = await serve(to, [], { ADMIN_TOKEN });
    const after = (await ask('/api/rankings/2025?asOf=2026-02-01T00:00:00Z', moved.url)) as {
      rows: unknown[];
    };
    expect(JSON.stringify(after.rows)).toBe(JSON.stringify(before.rows));
  });

  it('when a killed server left its note, then the next one starts all the same', async () => {
    const env = { DATA_DIR: folder() };
    const { server } = await serve(env.DATA_DIR);
    const closed = new Promise((resolve) => server.on('close', resolve));
    server.kill('SIGKILL');
    await closed;
    const note = JSON.parse(readFileSync(join(env.DATA_DIR, 'server.json'), 'utf8')) as object;
    // Another process has the number by now.
    writeFileSync(join(env.DATA_DIR, 'server.json'), JSON.stringify({ ...note, pid: process.pid }));
    expect((await runTool(['export', 'events'], env)).code).toBe(0);
    await serve(env.DATA_DIR);
  });

  it('when somebody can sign in already, then a start prints no link; what is written then, later and as an export is its owner’s alone, in a folder that others could read', async () => {
    const dataDir = folder();
    chmodSync(dataDir, 0o755);
    const env = { DATA_DIR: dataDir };
    const first = await serve(dataDir);
    expect(first.token).toMatch(/^wxlink_/);
    const open = (): string[] =>
      ['.', ...(readdirSync(dataDir, { recursive: true }) as string[])].filter(
        (name) => statSync(join(dataDir, name)).mode & 0o077,
      );
    expect(open()).toEqual([]);
    const before = (readdirSync(dataDir, { recursive: true }) as string[]).length;
    const out = join(dataDir, 'out.ndjson');
    await runTool(['export', 'events', '--out', out], env);
    expect(statSync(out).mode & 0o077).toBe(0);
    expect((readdirSync(dataDir, { recursive: true }) as string[]).length).toBeGreaterThan(before);
    expect(open()).toEqual([]);
    const closed = new Promise((resolve) => first.server.on('close', resolve));
    first.server.kill('SIGTERM');
    await closed;
    expect((await serve(dataDir)).token).toBe('');
  });

  it('when a broken file is imported, then nothing of it is, and the line is named', async () => {
    const env = { DATA_DIR: folder() };
    await serve(env.DATA_DIR);
    const broken = '{"specversion":"1.0"}\n{"specversion":\n';
    const { code, err } = await runTool(['import', 'events', '-'], env, broken);
    expect([code, err]).toEqual([1, expect.stringMatching(/Line 2 is no JSON object/)]);
    expect((await runToolHere(['export', 'events'], env)).out).toBe('');
  });
});

describe('given npm run demo', () => {
  it('when it is ended, then its folder is gone', async () => {
    const temporary = folder();
    const server = startTool(['serve', '--demo'], { PORT: '0', TMPDIR: temporary });
    servers.push(server);
    const [, dataDir = ''] = await said(server, /The data is in (\S+)/);
    expect(existsSync(dataDir)).toBe(true);
    const done = ended(server);
    server.kill('SIGINT');
    expect((await done).code).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  });
});
