/** A name that stands in quotation marks carries single ones of its own (GB/T 15834): “‘一把手’带头谈心”. */
export const innerQuotes = (name: string): string => name.replaceAll('“', '‘').replaceAll('”', '’');
