import { type Hear, LIVE_URL, type Line, type LineState, NEWS, SILENCE_MS } from './messages.ts';

const RECONNECT_MS = 5_000;
/** How often the watchdog looks: often enough that a dead line is told within a beat of the third missed. */
const WATCH_MS = 2_500;

export type SourceParts = {
  open?(url: string): EventSource;
  now?(): number;
};

/**
 * The line itself: one EventSource, watched. A connection that was cut without a word, or slept through, stays open
 * to the browser for ever; three beats that are missing end it, and a new one is tried until one answers.
 */
export function openSource(hear: Hear, parts: SourceParts = {}): Line {
  const { open = (url) => new EventSource(url), now = Date.now } = parts;
  let source: EventSource | undefined;
  let heardAt = now();
  let triedAt = now();
  let state: LineState = 'connecting';
  let watermark: string | undefined;
  let greeted = false;

  const become = (next: LineState): void => {
    if (next === state) return;
    state = next;
    hear({ state });
  };
  const drop = (): void => {
    source?.close();
    source = undefined;
  };
  /** The first watermark of a connection only says where the stream stands: news where that is not where it stood. */
  const isNews = (data: string): boolean => {
    const [greeting, before] = [!greeted, watermark];
    greeted = true;
    watermark = data;
    return !greeting || (before !== undefined && before !== data);
  };
  const connect = (): void => {
    drop();
    heardAt = now();
    triedAt = heardAt;
    greeted = false;
    const opened = open(LIVE_URL);
    source = opened;
    opened.onopen = () => {
      heardAt = now();
      become('live');
    };
    opened.onerror = () => {
      if (source !== opened) return;
      become('lost');
      // What the browser has given up, the watchdog tries again.
      if (opened.readyState === 2) drop();
    };
    for (const news of NEWS)
      opened.addEventListener(news, (event) => {
        if (source !== opened) return;
        heardAt = now();
        become('live');
        if (news === 'watermark' && !isNews(String((event as MessageEvent).data))) return;
        hear({ news, data: String((event as MessageEvent).data) });
      });
  };
  const look = (): void => {
    if (source && now() - heardAt <= SILENCE_MS) return;
    if (source) become('lost');
    if (source || now() - triedAt >= RECONNECT_MS) connect();
  };

  connect();
  const watchdog = setInterval(look, WATCH_MS);
  return {
    look,
    close() {
      clearInterval(watchdog);
      drop();
    },
  };
}
