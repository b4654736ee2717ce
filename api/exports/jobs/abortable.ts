/**
 * The chunks of `source` until `signal` aborts; then it rejects with the signal's reason at once, without waiting for
 * the chunk that is being made. (`pipeline` waits for a generator to end before it rejects; a document that is being
 * drawn gives its next chunk whenever it is ready, or never.) The source is told to end, and nobody waits for it.
 */
export async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const chunks = source[Symbol.asyncIterator]();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  // Nobody may be listening when the signal comes: between two chunks, or after the last one.
  aborted.catch(() => {});
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    for (;;) {
      const next = await Promise.race([chunks.next(), aborted]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    chunks.return?.()?.catch(() => {});
  }
}
