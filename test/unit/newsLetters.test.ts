import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageOf } from '#api/news/message.ts';
import { isPublicAddress, publicLookup } from '#api/news/publicAddress.ts';
import { dingTalkUrl, fittingText, signature } from '#api/news/webhook.ts';
import { newsText } from '#schemas/presentation/news/newsText.ts';
import { NEWS_KINDS } from '#schemas/results/news.ts';
import { about, BODIES } from '#test/support/newsBodies.ts';

test('every kind of news has a sentence in both languages, whole and without a stray word of the program', () => {
  expect(new Set(BODIES.map(({ kind }) => kind)).size).toBe(NEWS_KINDS.length);
  for (const language of ['zh-CN', 'en'] as const)
    for (const body of BODIES) {
      const { title, more } = newsText(language, body, { seesAll: true });
      const said = [title, ...more].join(' ');
      expect(said).not.toMatch(/undefined|null|NaN|\[object/);
      if (language === 'en')
        expect(said.replace(about.name, '').replace(/调研|材料不全/g, '')).not.toMatch(/\p{sc=Han}/u);
    }
});

test('a letter writes names as text: nothing of a name becomes markup, a line or a header of its own', () => {
  const evil = { unit: 'x', name: '<img src=x onerror=alert(1)>\r\nBcc: all@example.cn' };
  const { html, text, subject } = messageOf({
    language: 'en',
    base: 'https://wuxing.example.cn',
    weekly: false,
    bodies: [
      { kind: 'rank', year: 2026, about: evil, before: 1, after: 20, since: '2026-01-02', replanned: false },
    ],
    more: 2,
    seesAll: true,
    stop: 's',
  });
  expect(html).not.toContain('<img');
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text.split('\n').some((line) => line.startsWith('Bcc'))).toBe(false);
  expect(text).toContain('https://wuxing.example.cn/units/x?year=2026');
});

test('a text for a chat keeps whole lines and the way back, within the bytes that the chat takes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.integer({ min: 60, max: 400 }),
      (lines, most) => {
        const text = [
          ...lines.map((line) => line.replaceAll('\n', ' ')),
          'https://wuxing.example.cn/news',
        ].join('\n');
        const fit = fittingText(text, most);
        expect(Buffer.byteLength(fit)).toBeLessThanOrEqual(most);
        expect(fit.endsWith('https://wuxing.example.cn/news')).toBe(true);
        if (Buffer.byteLength(text) <= most) expect(fit).toBe(text);
      },
    ),
  );
});

test('signatures are those of the Standard Webhooks example, and of OpenSSL for DingTalk', () => {
  // The example of the Standard Webhooks specification.
  expect(
    signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    }),
  ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  const url = dingTalkUrl(
    'https://oapi.dingtalk.com/robot/send?access_token=t',
    'SECtest',
    1_577_262_236_757,
  );
  // DingTalk publishes no worked value; this one is computed apart from the code under test:
  // `printf '1577262236757\nSECtest' | openssl dgst -sha256 -hmac SECtest -binary | base64`
  expect(url.searchParams.get('sign')).toBe('Za/ne6w2koB8B4ROVlgTNd/X+/FbyDpZrXLz57xNZSA=');
  expect(url.search).toContain('access_token=t&timestamp=1577262236757&sign=');
});

describe('addresses that a webhook may lead to', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '2400:3200::1', '2606:4700:4700::1111'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test('a name with one address inside is refused, and the socket gets what was checked', async () => {
    const asked = (addresses: string[], all: boolean) =>
      new Promise<unknown>((resolve) => {
        const lookup = publicLookup((_, answer) =>
          answer(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
        );
        lookup('hook.example', { all }, (error, address) =>
          resolve(error ? (error as Error & { code: string }).code : address),
        );
      });
    expect(await asked(['8.8.8.8', '10.0.0.1'], true)).toBe('ENOTPUBLIC');
    expect(await asked([], false)).toBe('ENOTPUBLIC');
    expect(await asked(['8.8.8.8'], false)).toBe('8.8.8.8');
    expect(await asked(['8.8.8.8'], true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });
});
