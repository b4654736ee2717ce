import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Product, type ProductOptions, startProduct } from '#test/support/server.ts';
import { chromiumPath, type Device, launch, signIn, staying, type Visit, visit } from './browser.ts';

/** Who comes: a role that sees all, or somebody of a unit. */
export type Who = 'leader' | 'organisation' | { unit: string };

export type Sampled = {
  readonly product: Product;
  readonly browser: Browser;
  /** Signs in on a device of its own, with an empty store; nothing is loaded yet. */
  arrive(device?: Device, who?: Who): Promise<Visit>;
  /** The same, but who has come before on such a device goes on there, in the page that is open. */
  enter(device?: Device, who?: Who): Promise<Visit>;
};

/** For the tests of a file: a product on the sample of a day, with its dashboard, and people who come to it then. */
export function sampled(
  today: string,
  { clock, ...more }: ProductOptions & { clock: () => number },
): Sampled {
  let product: Product | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!chromiumPath) return;
    product = await startProduct({ sample: { today }, dashboard: true, clock, ...more });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('nothing is started before the tests begin');
    return part;
  };
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = async (who: Who): Promise<string> => {
    const { tokens: issued } = started(product);
    if (typeof who === 'string') return issued[who];
    const token = tokens.get(who.unit) ?? issued.unit(who.unit);
    tokens.set(who.unit, token);
    return token;
  };
  const arrive = async (device: Device = {}, who: Who = 'leader'): Promise<Visit> => {
    const guest = await visit(started(browser), started(product).url, { ...device, now: clock() });
    await signIn(guest, await tokenOf(who));
    return guest;
  };
  const enter = staying(arrive);
  return {
    get product() {
      return started(product);
    },
    get browser() {
      return started(browser);
    },
    arrive,
    enter: (device = {}, who = 'leader') => enter(device, who),
  };
}
