/** What is typed for a field that is not there yet. */
export type HeldKeys = {
  /** What has been typed; from now on keys go where the focus is. */
  release(): string;
  /** Whether Escape was pressed meanwhile: what was asked for is not wanted any more. */
  isGivenUp(): boolean;
};

/** Keeps letters from the page, where each may be a command of its own, until they are asked for. */
export function holdKeys(): HeldKeys {
  let text = '';
  let givenUp = false;
  const letGo = (): void => window.removeEventListener('keydown', hold, true);
  function hold(event: KeyboardEvent): void {
    const { key, isComposing, ctrlKey, metaKey, altKey } = event;
    if (isComposing || ctrlKey || metaKey || altKey) return;
    if (key === 'Escape') {
      givenUp = true;
      letGo();
    } else if (key === 'Backspace') text = text.slice(0, -1);
    else if ([...key].length === 1) text += key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  window.addEventListener('keydown', hold, true);
  return {
    release() {
      letGo();
      return text;
    },
    isGivenUp: () => givenUp,
  };
}
