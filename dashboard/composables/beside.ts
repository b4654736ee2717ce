import { enterPage, focusOn } from './arrive.ts';

const ROW = 'tr, li';

/** Rows of a list in the order in which they are looked at: those behind the one that went, then those before it. */
const around = (list: Element, at: number): Element[] => {
  const rows = [...list.children];
  return [...rows.slice(at), ...rows.slice(0, at).toReversed()];
};

/**
 * Where keyboard and screen reader go on once what is pressed now is gone: in its row where that stays, else at the same
 * button of the next row, of the row before where it was the last, else at the heading of its section, else of the page.
 */
export function besideOf(pressed: Element | null): () => void {
  const row = pressed?.closest(ROW);
  const list = row?.parentElement;
  const at = row && list ? [...list.children].indexOf(row) : -1;
  const section = pressed?.closest('section, fieldset');
  const named = pressed?.textContent;
  return () => {
    // What is left of the row says what became of it.
    const left = row?.isConnected
      ? [...row.querySelectorAll<HTMLElement>('h2, h3, h4, a[href], button')]
      : [];
    const rest = left.find((one) => one.checkVisibility());
    if (rest) {
      focusOn(rest);
      return rest.scrollIntoView({ block: 'nearest' });
    }
    const next = list?.isConnected
      ? around(list, at)
          .flatMap((one) => [...one.querySelectorAll('button')])
          .find((button) => button.textContent === named && button.checkVisibility())
      : undefined;
    if (next) return next.focus();
    const head = section?.isConnected ? section.querySelector<HTMLElement>('h2, h3') : null;
    if (!head?.checkVisibility()) return enterPage();
    focusOn(head);
    head.scrollIntoView({ block: 'nearest' });
  };
}
