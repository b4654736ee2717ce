import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the server ahead of it (`node --import`): tells its parent, when asked, the longest stall of its event
 * loop and the CPU time of all its threads since it was asked last.
 */

export type Probed = { stallMs: number; cpuMs: number };

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let before = process.cpuUsage();
  process.on('message', () => {
    const { user, system } = process.cpuUsage(before);
    process.send?.({ stallMs: delay.max / 1e6, cpuMs: (user + system) / 1e3 } satisfies Probed);
    before = process.cpuUsage();
    delay.reset();
  });
  // It is no reason to stay: the server ends when it is told to.
  process.channel?.unref();
}
