import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clockFrom, type TestClock } from './clock.ts';
import { rightsFor } from './rights.ts';
import { makeRoom, stayUntilAsked, takeOver } from './room.ts';
import type { Product } from './server.ts';

/**
 * A product with its dashboard on the sample of a day, at ten in the morning. A file that only reads leaves it as it was
 * for the next one of the process that asks for the same day, which spares a start; whoever writes to it ends it.
 */
export type DayProduct = {
  product: Product;
  clock: TestClock;
  /** After the last test of the file. */
  giveBack(): Promise<void>;
};

type Start = (today: string, clock: TestClock) => Promise<Product>;
type Kept = { today: string; product: Product; clock: TestClock };

/** What the API keeps in folders of files, beside the stream; sessions and what is new change with every visitor. */
const FOLDERS = ['views', 'drafts', 'imports', 'attachments', 'seals', 'exports'];

/** Differs once something was written, whether to the stream or beside it. */
async function stateOf({ json, dataDir }: Product): Promise<string> {
  const { watermark } = await json<{ watermark: string }>('/watermark');
  return [watermark, ...FOLDERS.flatMap((folder) => filesIn(join(dataDir, folder)))].join('\n');
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  } catch {
    // Made with its first file.
    return [];
  }
}

/** Other people than those of the file before, for whom nothing is new or kept. */
async function renewPeople({ access, tokens }: Product): Promise<void> {
  for (const role of ['organisation', 'leader'] as const) {
    const asked = {
      kind: 'bearer',
      rights: rightsFor(role),
      label: `test ${role}`,
      expiresAt: null,
    } as const;
    tokens[role] = (await access.issue(asked)).secret;
  }
}

/** Keeps one at a time. `writes`: the tests change what it holds. */
export function createKeeper(
  start: Start,
): (today: string, how?: { writes?: boolean }) => Promise<DayProduct> {
  let kept: Kept | undefined;

  async function begin(today: string): Promise<Kept> {
    const found = kept;
    if (found?.today !== today) {
      await makeRoom();
      const clock = clockFrom(`${today}T10:00:00+08:00`);
      return { today, clock, product: await start(today, clock) };
    }
    kept = undefined;
    takeOver();
    found.product.errors.length = 0;
    await renewPeople(found.product);
    return found;
  }

  return async (today, { writes = false } = {}) => {
    const { product, clock } = await begin(today);
    if (writes) return { product, clock, giveBack: () => product.stop() };
    const before = await stateOf(product);
    return {
      product,
      clock,
      async giveBack() {
        const after = await stateOf(product);
        if (after !== before) {
          await product.stop();
          throw new Error(
            `a file that writes to its product says so, by \`writes\`: ${before} is now ${after}`,
          );
        }
        kept = { today, product, clock };
        stayUntilAsked(async () => {
          kept = undefined;
          await product.stop();
        });
      },
    };
  };
}
