/** What is heard on the line to the server: how it is, and what it says. The same words between tabs and worker. */
export type LineState = 'connecting' | 'live' | 'lost';

/** The names that the server gives to what it sends. */
export const NEWS = ['watermark', 'ranks', 'day', 'beat'] as const;
export type News = (typeof NEWS)[number];

export type Message = { state: LineState } | { news: News; data: string };

export type Hear = (message: Message) => void;

/** A line as a page has it, its own or one that all tabs share. */
export type Line = {
  /** Looks now whether the line is alive: after sleep, or when the page is seen again. */
  look(): void;
  close(): void;
};

/** The server lets hear of itself at least this often. */
export const BEAT_MS = 10_000;
/** After so many beats that were not heard, the line is taken for dead. */
export const MISSED = 3;
export const SILENCE_MS = BEAT_MS * MISSED;

export const LIVE_URL = '/api/live';
