import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { createKeeper, type DayProduct } from '#test/support/keptProduct.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { chromiumPath, type Device, launch, signIn, staying, type Visit, visit } from './browser.ts';

/** Who comes: a role that sees all, or somebody of a unit. */
export type Who = 'leader' | 'organisation' | { unit: string };

export type Sampled = {
  readonly product: Product;
  readonly browser: Browser;
  /** What the server takes for now. */
  now(): number;
  /** Signs in on a device of its own, with an empty store; nothing is loaded yet. */
  arrive(device?: Device, who?: Who): Promise<Visit>;
  /** The same, but who has come before on such a device goes on there, in the page that is open. */
  enter(device?: Device, who?: Who): Promise<Visit>;
};

const productOf = createKeeper((today, clock) => startProduct({ sample: { today }, dashboard: true, clock }));

/**
 * For the tests of a file: a product on the sample of a day, with its dashboard, and people who come to it then. `writes`:
 * the tests change what it holds; else the next file may go on with it.
 */
export function sampled(today: string, { writes = false } = {}): Sampled {
  let day: DayProduct | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!chromiumPath) return;
    day = await productOf(today, { writes });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await day?.giveBack();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('nothing is started before the tests begin');
    return part;
  };
  const house = (): DayProduct => started(day);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = async (who: Who): Promise<string> => {
    const { tokens: issued } = house().product;
    if (typeof who === 'string') return issued[who];
    const token = tokens.get(who.unit) ?? issued.unit(who.unit);
    tokens.set(who.unit, token);
    return token;
  };
  const arrive = async (device: Device = {}, who: Who = 'leader'): Promise<Visit> => {
    const { product, clock } = house();
    const guest = await visit(started(browser), product.url, { ...device, now: clock() });
    await signIn(guest, await tokenOf(who));
    return guest;
  };
  const enter = staying(arrive);
  return {
    get product() {
      return house().product;
    },
    get browser() {
      return started(browser);
    },
    now: () => house().clock(),
    arrive,
    enter: (device = {}, who = 'leader') => enter(device, who),
  };
}
