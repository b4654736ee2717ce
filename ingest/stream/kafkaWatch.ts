import type { AdminPool } from './kafkaAdmin.ts';
import { rootOf } from './kafkaAppend.ts';
import { type Extent, extentOf, PartitionsChanged } from './kafkaTopic.ts';

/** Looks at the topic from outside now and then: kafkajs's clients may stop without a word. */
export type KafkaWatch = {
  extent(): Promise<Extent>;
  /** Calls at each look; answers with the function that ends it. */
  onExtent(listener: (extent: Extent) => void): () => void;
  trouble(): string | undefined;
  /** Set for good once the topic's partitions changed. */
  broken(): string | undefined;
  close(): void;
};

export function createWatch(
  admins: AdminPool,
  topic: string,
  partitions: number,
  everyMs: number,
): KafkaWatch {
  const listeners = new Set<(extent: Extent) => void>();
  let trouble: string | undefined;
  let broken: string | undefined;
  let closed = false;
  let timer: NodeJS.Timeout;

  async function extent(): Promise<Extent> {
    try {
      const found = await admins.use((admin) => extentOf(admin, topic, partitions));
      trouble = undefined;
      return found;
    } catch (error) {
      trouble = `Kafka does not answer: ${rootOf(error).message}`;
      if (error instanceof PartitionsChanged) broken = error.message;
      throw error;
    }
  }
  async function look(): Promise<void> {
    try {
      const found = await extent();
      for (const listener of [...listeners]) listener(found);
    } catch {
      // Kept in `trouble`; the next look may go better.
    }
    schedule();
  }
  function schedule(): void {
    if (!closed) timer = setTimeout(() => void look(), everyMs).unref();
  }
  schedule();
  return {
    extent,
    onExtent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    trouble: () => broken ?? trouble,
    broken: () => broken,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
