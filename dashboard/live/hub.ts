import type { Hear, Line, LineState, Message } from './messages.ts';

/** One line for several who listen: it stands while anybody does. Runs in the shared worker, and in the leading tab. */
export type Hub = {
  join(hear: Hear): void;
  leave(hear: Hear): void;
  look(): void;
};

export function createHub(open: (hear: Hear) => Line): Hub {
  const listeners = new Set<Hear>();
  let line: Line | undefined;
  let state: LineState = 'connecting';

  const tell = (message: Message): void => {
    if ('state' in message) state = message.state;
    for (const hear of listeners) hear(message);
  };

  return {
    join(hear) {
      listeners.add(hear);
      hear({ state });
      line ??= open(tell);
    },
    leave(hear) {
      listeners.delete(hear);
      if (listeners.size > 0) return;
      line?.close();
      line = undefined;
      state = 'connecting';
    },
    look: () => line?.look(),
  };
}
