/** Marks an error that comes again however often the same is tried: nobody is to be told to try again. */
export type Lasting = { readonly lasting: boolean };

/** Whether the error, or one behind it, is marked so. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as Error & Partial<Lasting>).lasting === true || isLasting(error.cause);
}
