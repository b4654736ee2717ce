import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccess } from '#api/access/access.ts';
import { refuseUnmanned } from '#api/access/manned.ts';
import { readConfig } from '#api/config.ts';

let DATA_DIR: string;
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'wuxing-manned-'));
});
afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }));

const SERVERS: Record<string, string>[] = [
  { STREAM_URL: 'kafka://127.0.0.1:9092/wuxing' },
  { STORE_URL: 'http://wuxing:secret@127.0.0.1:8123/wuxing' },
];
const start = (env: Record<string, string>) => refuseUnmanned(readConfig({ DATA_DIR, ...env }));

test.each(SERVERS)(
  'on servers (%o) no first secret is made up: a start by which nobody could sign in is refused',
  async (env) => {
    await expect(start(env)).rejects.toThrow(/ADMIN_TOKEN must be set/);
  },
);

test.each(SERVERS)(
  'on servers (%o) a token, single sign-on or an account of the department lets the start go on',
  async (env) => {
    await start({ ...env, ADMIN_TOKEN: 'x'.repeat(32) });
    await start({
      ...env,
      OIDC_ISSUER: 'https://sso.example.cn',
      OIDC_CLIENT_ID: 'wuxing',
      OIDC_CLIENT_SECRET: 's',
      OIDC_ROLES: 'zuzhibu=organisation',
    });
    const access = openAccess(DATA_DIR);
    const newAccount = { name: 'wang', password: 'a hash', identity: null };
    await access.addAccount({ ...newAccount, login: 'li', rights: { roles: ['leader'] } });
    await access.close();
    await expect(start(env)).rejects.toThrow(/ADMIN_TOKEN/);
    const again = openAccess(DATA_DIR);
    await again.addAccount({ ...newAccount, login: 'wang', rights: { roles: ['organisation'] } });
    await again.close();
    await start(env);
  },
);

test('on a folder of its own, nothing is asked', async () => {
  await start({});
});
