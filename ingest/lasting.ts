/** Marks an error that comes again however often the same is tried: nobody is to be told to try again. */
export type Lasting = { readonly lasting: boolean };

/** What the clients of others call such errors. */
const NAMES = new Set(['KafkaJSSASLAuthenticationError', 'KafkaJSCreateTopicAuthorizationError']);

/** Whether the error, or one behind it, is marked so. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { lasting, name, cause } = error as Error & Partial<Lasting>;
  return lasting === true || NAMES.has(name) || isLasting(cause);
}
