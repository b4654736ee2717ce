/** A value bound to a `{name:Type}` placeholder. Numbers are safe integers or short decimals. */
export type Param = string | number | bigint | boolean | readonly (string | number | bigint)[];
export type Params = Readonly<Record<string, Param>>;

const CONTROL: Record<string, string> = {
  '\\': '\\\\',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const escaped = (text: string): string => text.replace(/[\\\0\b\f\n\r\t]/g, (sign) => CONTROL[sign] ?? sign);

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const element = (value: string | number | bigint): string =>
  typeof value === 'string' ? quoted(value) : String(value);

/** The text from which the engine reads a bound value: escaped at the top, quoted inside arrays. */
export const paramText = (value: Param): string => {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'object') return `[${value.map(element).join(',')}]`;
  return String(value);
};

/**
 * `SET param_a = '…', param_b = '…'` for all values: each statement costs the engine a tenth of a millisecond, and some
 * questions bind forty values. chDB's own binding runs bound queries one at a time in the whole process, so that a long
 * ranking would hold up every small look-up; values set on the connection don't.
 */
export function paramStatement(params: Params): string {
  checkNames(params);
  const settings = Object.entries(params).map(
    ([name, value]) => `param_${name} = ${quoted(paramText(value))}`,
  );
  return settings.length > 0 ? `SET ${settings.join(', ')};` : '';
}

/** Throws where a name is none: it is written into statements and headers as it is. */
export function checkNames(params: Params): void {
  for (const name of Object.keys(params))
    if (!/^[A-Za-z]\w*$/.test(name)) throw new TypeError(`not a parameter name: ${name}`);
}
