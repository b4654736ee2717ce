/**
 * A button that can do nothing for the moment is shut by `aria-disabled`, never by `disabled`: the browser takes the
 * focus from what is disabled, and the reader who pressed it would be nowhere. Its press, and Enter in the form that it
 * sends, end here.
 */
export function stopWhereShut(event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element) || !target.closest('button[aria-disabled="true"]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A key that is held down presses once: what it presses may go, and the focus with it to the next one's button. */
export function stopWhereHeld(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement)
    event.preventDefault();
}
