import { ref, watch } from 'vue';

const STORED = 'wuxing.keys';

function stored(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single keys do anything; a person whom they disturb turns them off, for this device. */
export const singleKeys = ref(stored());
watch(singleKeys, (on) => {
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
});

const TYPING = 'input, textarea, select, [contenteditable="true"]';

/** A key alone that is meant for the page: nothing is typed into a field, and no dialog asks something. */
export function isForPage(event: KeyboardEvent): boolean {
  if (!singleKeys.value || event.defaultPrevented) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target instanceof Element && event.target.closest(TYPING)) return false;
  return document.querySelector('dialog[open]') === null;
}
