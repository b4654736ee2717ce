import { createHub } from './hub.ts';
import type { Hear } from './messages.ts';
import { openSource } from './source.ts';

/** The shared worker: one line to the server for all tabs of this browser. */

/** What a tab says. */
export type Command = 'join' | 'leave' | 'look';

const hub = createHub(openSource);

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  const hear: Hear = (message) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<Command>) => {
    if (data === 'join') hub.join(hear);
    else if (data === 'leave') hub.leave(hear);
    else hub.look();
  };
  // Where a browser tells of it, a tab that is gone without a word leaves, too.
  port.addEventListener('close', () => hub.leave(hear));
});
