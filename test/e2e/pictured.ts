import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** With DOCS_PICTURES=1, and `--update` for their words, the pictures of the documentation are made anew. */
const MAKING = process.env.DOCS_PICTURES === '1';
const PICTURES = new URL('../../docs/images/', import.meta.url).pathname;
const WORDS = new URL('./pictureWords/', import.meta.url).pathname;

/** What names the parts of a page: questions, heads of tables, fields and actions. Figures change with the sample, words do not. */
const NAMED = 'h1, h2, h3, th, dt, legend, label, [role=tab], .section-head button, form button';

const wordsOn = (page: Page): Promise<string[]> =>
  page.locator(NAMED).evaluateAll((parts) => [
    ...new Set(
      parts
        .filter((part) => part.checkVisibility() && !part.closest('tbody, li'))
        .map((part) =>
          (part.textContent ?? '')
            .replaceAll(/\s+/g, ' ')
            .replaceAll(/\d[\d.,:]*/g, '#')
            .trim(),
        )
        .filter((text) => text !== ''),
    ),
  ]);

/** Until no question is under way for ten frames: what one answer asks for next has begun by then. */
const answered = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) => {
    const client = document.querySelector('#app').__vue_app__._context.provides.VUE_QUERY_CLIENT;
    let calm = 0;
    const look = () => {
      calm = client.isFetching() ? 0 : calm + 1;
      calm > 10 ? done() : requestAnimationFrame(look);
    };
    look();
  })`);

/**
 * Takes the picture `docs/images/<name>.png` when pictures are made; and always holds the words of the page against those
 * that stood on it then: a page that has changed since asks for a new picture.
 */
export async function pictured(page: Page, name: string): Promise<void> {
  await answered(page);
  if (MAKING) await page.screenshot({ path: `${PICTURES}${name}.png` });
  const words = (await wordsOn(page)).join('\n');
  const again = `docs/images/${name}.png shows the page as it was: DOCS_PICTURES=1 npx vitest run ${expect.getState().testPath} --update`;
  await expect(`${words}\n`, again).toMatchFileSnapshot(`${WORDS}${name}.txt`);
}
