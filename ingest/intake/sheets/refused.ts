import type { ForeignFormat } from './foreign.ts';

/** Why a file as a whole is none that can be imported; callers word it. */
export type RefusalCode =
  | ForeignFormat
  | 'empty'
  | 'xls'
  | 'macros'
  | 'too-large'
  | 'broken'
  | 'no-text'
  | 'other-file'
  | 'no-heads'
  | 'heads-twice'
  | 'too-many-sheets'
  | 'too-many-rows'
  | 'too-many-items';

/** `fields`: of `no-heads`, the columns that were missed, by the field that each fills; of `heads-twice`, the heads. */
export class SheetRefused extends Error {
  readonly code: RefusalCode;
  readonly fields: readonly string[];
  constructor(
    code: RefusalCode,
    { fields = [], cause }: { fields?: readonly string[]; cause?: unknown } = {},
  ) {
    super(`the sheet is refused: ${code}`, { cause });
    this.name = 'SheetRefused';
    this.code = code;
    this.fields = fields;
  }
}
