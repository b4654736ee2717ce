import { startProduct } from './server.ts';

/**
 * The whole product in a process of its own, which may be killed. Its clock goes on from the time that it is given.
 * For each line that it reads it looks for news now, and not when it may again.
 */
const [dataDir = '', at = '0', mail = ''] = process.argv.slice(2);
const began = Date.now();
const product = await startProduct({
  dataDir,
  clock: () => Number(at) + Date.now() - began,
  env: {
    WEBHOOK_ALLOW_PRIVATE: '1',
    SMTP_URL: mail,
    MAIL_FROM: '五型 <wuxing@example.cn>',
    PUBLIC_URL: 'http://wuxing.test',
  },
});
process.stdout.write(`${JSON.stringify({ url: product.url, token: product.tokens.organisation })}\n`);
process.stdin.on('data', () => void product.news.round());
