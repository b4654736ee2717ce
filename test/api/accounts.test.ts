import { describe, expect, it } from 'vitest';
import type { Rights } from '#api/access/principal.ts';
import { emptyHouse, LEADER, ORGANISATION, signIn, status } from '#test/support/accountCalls.ts';
import { browserAt, enrol, PASSWORD } from '#test/support/people.ts';

const house = emptyHouse();
const { asOrganisation } = house;

describe('given a house without people', () => {
  it('when the set-up link is spent, then the first account is made, and the link and every other are burnt', async () => {
    const asked = {
      kind: 'link',
      purpose: 'set-up',
      rights: ORGANISATION,
      label: 'administrator',
      expiresAt: null,
    } as const;
    const [first, second] = [await house.app.access.issue(asked), await house.app.access.issue(asked)];
    const browser = browserAt(house.app);
    for (let look = 0; look < 3; look++)
      expect(await (await browser.send('POST', '/links', { token: first.secret })).json()).toMatchObject({
        purpose: 'set-up',
      });
    const account = { login: 'wang', name: '王', password: PASSWORD };
    expect(await status(browser.send('POST', '/accounts', { token: first.secret, ...account }))).toBe(201);
    expect(await (await browser.send('GET', '/session')).json()).toMatchObject({
      principal: { roles: ['organisation'], label: '王' },
      account: { login: 'wang', hasPassword: true },
    });
    for (const { secret } of [first, second])
      for (const path of ['/links', '/accounts', '/sessions'])
        expect(
          await status(
            browserAt(house.app).send('POST', path, {
              token: secret,
              ...(path === '/accounts' && { ...account, login: 'li' }),
            }),
          ),
        ).toBe(401);
  });
});

describe('given an invitation', () => {
  const invite = async (rights: Rights) =>
    asOrganisation<{ token: string; link: string; credential: { id: string } }>('POST', '/invitations', {
      label: '三区',
      rights,
    });
  const unit: Rights = { roles: ['unit'], unit: 'farm-3', position: 'head' };

  it('when two spend it at once, then one gets in', async () => {
    const { token } = await invite(unit);
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        status(
          browserAt(house.app).send('POST', '/accounts', {
            token,
            login: `head-${name}`,
            name,
            password: PASSWORD,
          }),
        ),
      ),
    );
    expect(answers.sort()).toEqual([201, 401, 401]);
    expect(house.app.access.accounts()).toHaveLength(1);
  });

  it('when it is revoked or too old, then it is void', async () => {
    const revoked = await invite(unit);
    await asOrganisation('DELETE', `/tokens/${revoked.credential.id}`);
    const old = await invite(unit);
    expect(await status(browserAt(house.app).send('POST', '/links', { token: revoked.token }))).toBe(401);
    house.app.now.at += 15 * 86_400_000;
    expect(await status(browserAt(house.app).send('POST', '/links', { token: old.token }))).toBe(401);
  });

  it('when the sign-in name is taken, in whatever case or width, then 409 and the link is good still', async () => {
    await enrol(house.app, 'Zhang', LEADER);
    const { token } = await invite(unit);
    for (const login of ['zhang', 'ZHANG', 'ｚｈａｎｇ'])
      expect(
        await status(
          browserAt(house.app).send('POST', '/accounts', { token, login, name: 'x', password: PASSWORD }),
        ),
      ).toBe(409);
    expect(await status(browserAt(house.app).send('POST', '/links', { token }))).toBe(200);
  });

  it.each([
    ['short', 'password'],
    ['aaaaaaaaaaaa', 'password'],
    ['my-name-is-newcomer', 'password'],
  ])('when the password is %s, then 422 names it, and the link is good still', async (password, field) => {
    const { token } = await invite(unit);
    const answer = await browserAt(house.app).send('POST', '/accounts', {
      token,
      login: 'newcomer',
      name: 'x',
      password,
    });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: { field: string }[] }).errors[0]?.field).toBe(field);
    expect(await status(browserAt(house.app).send('POST', '/links', { token }))).toBe(200);
  });

  it.each([
    [{ roles: ['unit'] }],
    [{ roles: ['leader'], unit: 'farm-1' }],
    [{ roles: ['reviewer'] }],
    [{ roles: ['reviewer'], reviews: { criteria: [], kinds: [] } }],
    [{ roles: ['leader', 'leader'] }],
    [{ roles: [] }],
    [{ roles: ['leader'], position: 'head' }],
  ])('when the rights are %o, then 422', async (rights) => {
    const answer = await fetch(`${house.app.url}/api/invitations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${house.app.tokens.organisation}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ label: 'x', rights }),
    });
    expect(answer.status).toBe(422);
  });
});

describe('given a person with a password', () => {
  it('when name and password are right, then they are in; else 401, and both failures look alike', async () => {
    await enrol(house.app, 'wang', LEADER);
    expect(await status(signIn(browserAt(house.app), 'WANG'))).toBe(201);
    const wrong = await signIn(browserAt(house.app), 'wang', 'wrong-password-1');
    const nobody = await signIn(browserAt(house.app), 'nobody', 'wrong-password-1');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    const detail = async (answer: Response) => ((await answer.json()) as { detail: string }).detail;
    expect(await detail(wrong)).toBe(await detail(nobody));
  });

  it('when it is guessed, then the account closes to that address for a while, and to others not', async () => {
    const { browser } = await enrol(house.app, 'wang', LEADER);
    await enrol(house.app, 'li', LEADER);
    const guesser = browserAt(house.app, '203.0.113.9');
    const statuses: number[] = [];
    for (let turn = 0; turn < 12; turn++)
      statuses.push(await status(signIn(guesser, 'wang', `wrong-pass-${turn}`)));
    expect(statuses.slice(0, 11)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
    expect(await status(signIn(guesser, 'wang'))).toBe(429);
    expect(await status(signIn(guesser, 'li'))).toBe(201);
    expect(await status(signIn(browserAt(house.app, '203.0.113.10'), 'wang'))).toBe(201);
    expect(await status(browser.send('GET', '/units'))).toBe(200);
    house.app.now.at += 16 * 60_000;
    expect(await status(signIn(guesser, 'wang'))).toBe(201);
  });

  it('when it is guessed from many addresses, then the account closes to all', async () => {
    await enrol(house.app, 'wang', LEADER);
    const statuses: number[] = [];
    for (let turn = 0; turn < 70; turn++)
      statuses.push(
        await status(signIn(browserAt(house.app, `203.0.113.${turn}`), 'wang', 'wrong-password')),
      );
    expect(statuses.at(-1)).toBe(429);
    expect(await status(signIn(browserAt(house.app, '198.51.100.1'), 'wang'))).toBe(429);
  });

  it('when it is changed, then the other sessions end, and this one goes on', async () => {
    const { browser } = await enrol(house.app, 'wang', LEADER);
    const other = browserAt(house.app);
    await signIn(other, 'wang');
    const asked = { current: PASSWORD, password: 'another-field-8-wheat' };
    expect(await status(browser.send('PUT', '/account/password', { ...asked, current: 'wrong' }))).toBe(422);
    expect(await status(browser.send('PUT', '/account/password', asked))).toBe(204);
    expect(await status(browser.send('GET', '/units'))).toBe(200);
    expect(await status(other.send('GET', '/units'))).toBe(401);
    expect(await status(signIn(other, 'wang'))).toBe(401);
    expect(await status(signIn(other, 'wang', asked.password))).toBe(201);
  });

  it('when the department gives a reset link, then it sets a new password once and ends what was open', async () => {
    const { browser, id } = await enrol(house.app, 'wang', LEADER);
    const { link } = await asOrganisation<{ link: string }>('POST', `/accounts/${id}/reset`);
    const token = link.split('#token=')[1];
    const fresh = browserAt(house.app);
    expect(await (await fresh.send('POST', '/links', { token })).json()).toMatchObject({
      purpose: 'reset',
      login: 'wang',
    });
    const spend = { token, password: 'barley-and-rye-55' };
    expect(await status(browserAt(house.app).send('POST', '/sessions', { token }))).toBe(401);
    expect(await status(fresh.send('POST', '/passwords', spend))).toBe(201);
    expect(await status(browser.send('GET', '/units'))).toBe(401);
    expect(await status(fresh.send('GET', '/units'))).toBe(200);
    expect(await status(browserAt(house.app).send('POST', '/passwords', spend))).toBe(401);
    expect(await status(signIn(browserAt(house.app), 'wang'))).toBe(401);
  });

  it('when they do nothing for long, then they are out, and the whole time is bounded, too', async () => {
    await house.startAnew({ lifetimes: { hours: 12, idleMinutes: 30 } });
    const { browser } = await enrol(house.app, 'wang', LEADER);
    for (let turn = 0; turn < 5; turn++) {
      house.app.now.at += 29 * 60_000;
      expect(await status(browser.send('GET', '/units'))).toBe(200);
    }
    house.app.now.at += 31 * 60_000;
    expect(await status(browser.send('GET', '/units'))).toBe(401);
    await signIn(browser, 'wang');
    for (let turn = 0; turn < 25; turn++) {
      house.app.now.at += 29 * 60_000;
      await browser.send('GET', '/units');
    }
    expect(await status(browser.send('GET', '/units'))).toBe(401);
  });
});
