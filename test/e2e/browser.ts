import { existsSync, mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** What people have, windows and all; `CHROMIUM` names another one. */
const WHOLE = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const firstOf = (paths: (string | undefined)[]): string | undefined =>
  paths.find((path) => path !== undefined && existsSync(path));
const wholePath = firstOf(WHOLE);

/**
 * Debian's headless shell, where it is: the same engine of the same build (layout, script, network, print) without a
 * browser's own windows, which nobody sees here, and a fifth less work. `CHROMIUM=/usr/bin/chromium` tests the whole one.
 */
export const chromiumPath = process.env.CHROMIUM
  ? wholePath
  : firstOf(['/usr/bin/chromium-headless-shell', wholePath]);

/** With SCREENS=1 the tests leave pictures of what they show here, to be looked at; no test asks them. Ignored by git. */
const PICTURES = process.env.SCREENS === '1' ? 'test-output/screens' : undefined;

/**
 * Every window of Chromium's own loads two pages for suggestions under its address bar, which nobody sees here: two
 * thirds of the work of a new window. Chromium heeds the last list only, so what Playwright turns off is said again.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding', 'OptimizationHints'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'NetworkTimeServiceQuerying'],
  ...['AimEnabled', 'PreconnectToSearch'],
];

const launched = (executablePath = '', ...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', `--disable-features=${WITHOUT.join(',')}`, ...more],
  });

/**
 * V8 optimizes code that runs for long; a page under test is gone before that pays: a fifth of a browser's work. And
 * what is new gets room at once, since it is seldom collected before the page is gone: another tenth.
 */
const SHORT_LIVED = '--js-flags=--no-opt --min-semi-space-size=16';

let running: Promise<Browser> | undefined;

/** Starts once in a process and ends with it: to close it closes what was opened in it. */
export async function launch(): Promise<Browser> {
  running ??= launched(chromiumPath, SHORT_LIVED);
  const browser = await running;
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  return browser;
}

/** For figures about what people have. */
export const launchWhole = (): Promise<Browser> => launched(wholePath ?? chromiumPath);

export type Visit = {
  context: BrowserContext;
  page: Page;
  /** What the console and the network complained of since the visit began, with the page it was on. */
  complaints: string[];
  picture(name: string): Promise<void>;
  close(): Promise<void>;
};

export type Device = {
  locale?: 'zh-CN' | 'en';
  width?: number;
  height?: number;
  dark?: boolean;
  /** What the browser takes for now; the machine's clock unless it is given. */
  now?: number;
};

/** A fresh browser profile at the product's door, watched for errors and for requests that leave the machine. */
export async function visit(browser: Browser, url: string, device: Device = {}): Promise<Visit> {
  const { locale = 'zh-CN', width = 1440, height = 900, dark = false } = device;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addInitScript({ content: `localStorage.setItem('wuxing.locale', '${locale}')` });
  if (device.now !== undefined) await context.clock.install({ time: device.now });
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
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  return {
    context,
    page,
    complaints,
    picture: async (name) => {
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: false });
    },
    close: () => context.close(),
  };
}

/**
 * Gives the visit a session of the given token, as a press on a sign-in link would; that the press does is shown in
 * `access.test.ts`. The page is where it was: nothing is loaded yet.
 */
export async function signIn({ context }: Visit, token: string): Promise<void> {
  const response = await context.request.post('/api/sessions', {
    data: { token },
    headers: { 'x-requested-with': 'wuxing' },
  });
  if (!response.ok()) throw new Error(`not let in: ${response.status()} ${await response.text()}`);
}

/** What the page's own scripts hang on its root; evaluated in the page. */
const DASHBOARD = `document.querySelector('#app').__vue_app__.config.globalProperties`;

/**
 * Goes where a link within the dashboard would lead, which costs a third of loading it anew; the first step loads it.
 * Either way the page and the head stand when this ends; what the page asks the server for may still be on its way.
 */
export async function go({ page }: Visit, path: string): Promise<void> {
  const isFirst = new URL(page.url()).protocol === 'about:';
  if (isFirst) await page.goto(path);
  // The browser calls a page loaded before the dashboard is mounted in it. A predicate would be evaluated anew at each
  // look, which the page's content policy forbids.
  await page.locator('#app > *').first().waitFor({ state: 'attached' });
  await page.evaluate(`${DASHBOARD}.$router.${isFirst ? 'isReady()' : `push(${JSON.stringify(path)})`}`);
}

/** Presses such a link, and does not wait for what it leads to. */
export const push = ({ page }: Visit, path: string): Promise<void> =>
  page.evaluate(`void ${DASHBOARD}.$router.push(${JSON.stringify(path)})`);

/** Chooses a language on the page that is open, as the header does. */
export async function speak({ page }: Visit, locale: 'zh-CN' | 'en'): Promise<void> {
  await page.evaluate(`${DASHBOARD}.$pinia.state.value.preferences.locale = '${locale}'`);
  await page.locator(`html[lang="${locale}"]`).waitFor({ state: 'attached' });
}

const LOCALES = ['zh-CN', 'en'] as const;

/**
 * Asks the page that is open in both languages, which differ in words alone, and leaves it in its own: what people do
 * there is done once.
 */
export async function inBoth(
  guest: Visit,
  ask: (locale: (typeof LOCALES)[number]) => Promise<unknown>,
): Promise<void> {
  const own = await guest.page.evaluate<(typeof LOCALES)[number]>('document.documentElement.lang');
  for (const locale of LOCALES) {
    await speak(guest, locale);
    await ask(locale);
  }
  await speak(guest, own);
}

/** Where nothing is asked and nothing is kept: a page that is not there. */
const NOWHERE = '/left';

/** What comes next begins anew, also on the page that is open. */
export async function leave(guest: Visit): Promise<void> {
  await go(guest, NOWHERE);
  await guest.page.waitForURL(`**${NOWHERE}`);
}

/**
 * Who enters again as the same, on the same device, goes on in the page that is open, with nothing of what was shown
 * there: to load the dashboard anew costs more than most tests do in it. Not for tests that begin with an empty store
 * of the browser. Who leaves stays in the browser, which closes with all its pages.
 */
export function staying<Who extends unknown[]>(
  enter: (...who: Who) => Promise<Visit>,
): (...who: Who) => Promise<Visit> {
  const guests = new Map<string, { guest: Visit; size: ReturnType<Page['viewportSize']> }>();
  return async (...who) => {
    const name = JSON.stringify(who);
    const known = guests.get(name);
    if (!known) {
      const guest = { ...(await enter(...who)), close: async () => undefined };
      guests.set(name, { guest, size: guest.page.viewportSize() });
      return guest;
    }
    const { guest, size } = known;
    await leave(guest);
    if (size) await guest.page.setViewportSize(size);
    guest.complaints.length = 0;
    return guest;
  };
}
