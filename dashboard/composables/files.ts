import { csvOf, type Written } from '#schemas/presentation/separated.ts';

/** Hands something to the person as a file, under a name without signs that file systems refuse. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name.replace(/[\\/:*?"<>|\s]+/g, '-');
  anchor.click();
  // The download has begun; the address may go.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const saveCsv = (name: string, table: Written): void =>
  saveFile(`${name}.csv`, new Blob([...csvOf(table)], { type: 'text/csv;charset=utf-8' }));

/** False where the browser does not allow it (an insecure address, a refused permission). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Plain http on an office network has no clipboard interface; selecting and copying still works there. */
function copyBySelection(text: string): boolean {
  const held = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (held instanceof HTMLElement) held.focus({ preventScroll: true });
  }
}
