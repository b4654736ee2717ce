import { createHub, type Hub } from './hub.ts';
import type { Hear, Line, Message } from './messages.ts';
import { openSource } from './source.ts';

const NAME = 'wuxing-live';

/**
 * A browser opens six connections to a server at most, and a stream holds one for as long as its page is open: with one
 * each, the seventh tab would never load. All tabs share one: in a shared worker, or, where there is none, through the
 * tab that holds a lock; the others hear what that one hears. A browser with neither has a line in each tab.
 */
export function openLine(hear: Hear): Line {
  const shared = 'SharedWorker' in globalThis ? throughWorker(hear) : undefined;
  if (shared) return shared;
  if ('locks' in navigator && 'BroadcastChannel' in globalThis) return throughLeader(hear);
  return openSource(hear);
}

function startWorker(): SharedWorker | undefined {
  try {
    return new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: NAME });
  } catch {
    // A browser that keeps nothing for a site has no shared workers, but the name for them.
    return undefined;
  }
}

function throughWorker(hear: Hear): Line | undefined {
  const worker = startWorker();
  if (!worker) return undefined;
  const say = (command: 'join' | 'leave' | 'look'): void => worker.port.postMessage(command);
  worker.port.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  say('join');
  return {
    look: () => say('look'),
    close() {
      say('leave');
      worker.port.close();
    },
  };
}

/** What tabs say to each other: what was heard, or a command to the one that leads. */
type Said = { heard: Message } | { command: 'state' | 'look' };

function throughLeader(hear: Hear): Line {
  const channel = new BroadcastChannel(NAME);
  const say = (said: Said): void => channel.postMessage(said);
  const over = new AbortController();
  const hub: Hub = createHub(openSource);
  let leads = false;
  let state: Message = { state: 'connecting' };

  const lead: Hear = (message) => {
    if ('state' in message) state = message;
    hear(message);
    say({ heard: message });
  };
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if ('heard' in data) hear(data.heard);
    else if (!leads) return;
    else if (data.command === 'look') hub.look();
    else say({ heard: state });
  };
  const reign = () =>
    new Promise<void>((resolve) => {
      leads = true;
      hub.join(lead);
      over.signal.addEventListener('abort', () => {
        hub.leave(lead);
        resolve();
      });
    });
  // Whoever waits leads once the tab before it is closed. Aborted while it waits: another time.
  navigator.locks.request(NAME, { signal: over.signal }, reign).catch(() => undefined);
  say({ command: 'state' });
  return {
    look: () => (leads ? hub.look() : say({ command: 'look' })),
    close() {
      over.abort();
      channel.close();
    },
  };
}
