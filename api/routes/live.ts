import { ANY } from '#api/access/principal.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Live, LiveEvent } from '#api/live.ts';
import { viewerOf } from './rankings.ts';

/** The id lets a browser that comes back see whether it missed anything: it reads again where the watermark differs. */
const frame = ({ event, data }: LiveEvent): string =>
  `event: ${event}\n${event === 'watermark' ? `id: ${data.watermark}\n` : ''}data: ${JSON.stringify(data)}\n\n`;

/** An event and no comment: the page has to hear it. */
const BEAT = 'event: beat\ndata: {}\n\n';

export const liveRoutes = ({ live }: { live: Live }): Route[] => [
  route({
    method: 'get',
    path: '/live',
    tag: 'answers',
    roles: ANY,
    summary:
      'Server-Sent Events: `watermark`, `ranks` changed in this year’s ranking to date, and `day` when another begins',
    description:
      'Each caller gets only what /rankings would show them: a unit hears of its own rank. `beat` comes at least every ten seconds: whoever hears nothing for three of them has lost the line. The stream ends when the token or session does.',
    answers: { 200: { description: 'An endless stream', type: 'text/event-stream' } },
    handler: ({ principal }) => ({
      headers: { 'Cache-Control': 'no-store' },
      stream: {
        type: 'text/event-stream; charset=utf-8',
        async *chunks(signal) {
          yield 'retry: 3000\n\n';
          for await (const next of live.follow(viewerOf(principal), signal)) {
            yield next === 'idle' ? BEAT : frame(next);
          }
        },
      },
    }),
  }),
];
