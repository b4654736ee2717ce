/** A section of the open page, by its head. */
export type Section = { id: string; name: string; element: HTMLElement };

/** All sections that the page shows, in its order; of several with one name the first. */
export function sectionsOf(page: Document): Section[] {
  const heads = [...page.querySelectorAll<HTMLElement>('main h2')].filter((head) => head.checkVisibility());
  const named = heads.map((head): Section => {
    const name = head.textContent.trim();
    const section = head.closest<HTMLElement>('section[id], section[tabindex]');
    // A section that is named by its first head alone: other heads within it are parts of it.
    const element = section?.querySelector('h2') === head ? section : head;
    return { id: name, name, element };
  });
  return named.filter(
    ({ name }, at) => name !== '' && named.findIndex((other) => other.name === name) === at,
  );
}
