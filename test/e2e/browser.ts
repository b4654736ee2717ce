import { existsSync, mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that CHROMIUM names. */
const PATHS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
export const chromiumPath = PATHS.find((path) => path !== undefined && existsSync(path));

/** Where screenshots go; ignored by git. */
const PICTURES = 'test-output/screens';

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });

export type Visit = {
  context: BrowserContext;
  page: Page;
  /** What the console and the network complained of since the visit began, with the page it was on. */
  complaints: string[];
  picture(name: string): Promise<void>;
  close(): Promise<void>;
};

export type Device = { locale?: 'zh-CN' | 'en'; width?: number; height?: number; dark?: boolean };

/** A fresh browser profile at the product's door, watched for errors and for requests that leave the machine. */
export async function visit(browser: Browser, url: string, device: Device = {}): Promise<Visit> {
  const { locale = 'zh-CN', width = 1440, height = 900, dark = false } = device;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addInitScript({ content: `localStorage.setItem('wuxing.locale', '${locale}')` });
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (what: string): void => void complaints.push(`${new URL(page.url()).pathname}: ${what}`);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
  });
  page.on('pageerror', (error) => complain(error.message));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(url)) complain(`asked ${request.url()}`);
  });
  mkdirSync(PICTURES, { recursive: true });
  return {
    context,
    page,
    complaints,
    picture: async (name) => {
      await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: false });
    },
    close: () => context.close(),
  };
}

/** Signs in as a session of the given token would: by a press on the page that a printed link opens. */
export async function signIn({ page }: Visit, token: string): Promise<void> {
  await page.goto(`/sign-in#token=${token}`);
  await page.locator('form.door button[type=submit]').click();
  await page.waitForURL((url) => url.pathname !== '/sign-in' && url.pathname !== '/');
}

/** What axe finds against WCAG 2.2 A and AA, in a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary?.split('\n')[1] ?? ''}`,
    ),
  );
}
