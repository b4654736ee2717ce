/**
 * What stands on whatever shows ranks under other weights than the plan's: on screen and paper, in a file's name and
 * its first line. A trial must not be taken for a result.
 */
export const TRIAL_MARK = { 'zh-CN': '试算 · 非正式结果', en: 'Trial · not an official result' } as const;

export type MarkLanguage = keyof typeof TRIAL_MARK;

/** The name of a file, led by the mark where what it holds carries one. */
export const markedName = (mark: string | null | undefined, name: string): string =>
  mark ? `${mark} ${name}` : name;
