import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A letter as the server took it. */
export type Taken = { messageId: string; to: string[]; subject: string; text: string; raw: string };

/** A real mail server on a port of its own, which keeps what it is handed. */
export type MailServer = {
  url: string;
  port: number;
  taken: Taken[];
  /** Refuses the next letters with this reply; undefined: takes them. */
  refuse: { code: number; text: string } | undefined;
  /** Called when a letter has come whole, before it is acknowledged: while it does not resolve, the sender waits. */
  beforeAnswer: (() => Promise<void>) | undefined;
  /** The same before the recipient is taken. */
  beforeRecipient: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
};

/** `port`: one that was there before. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo(_address, _session, callback) {
      void (found.beforeRecipient?.() ?? Promise.resolve()).then(() => callback());
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', async () => {
        const { refuse } = found;
        if (refuse) {
          callback(Object.assign(new Error(refuse.text), { responseCode: refuse.code }));
          return;
        }
        taken.push(readLetter(Buffer.concat(chunks).toString('utf8'), session.envelope.rcptTo));
        await found.beforeAnswer?.();
        callback(null);
      });
    },
  });
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: actual } = server.server.address() as AddressInfo;
  const found: MailServer = {
    url: `smtp://127.0.0.1:${actual}`,
    port: actual,
    taken,
    refuse: undefined,
    beforeAnswer: undefined,
    beforeRecipient: undefined,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return found;
}

function readLetter(raw: string, to: readonly { address: string }[]): Taken {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(head)?.[1]?.replaceAll(/\r\n[ \t]/g, ' ') ?? '';
  const part = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw);
  const encoding = /Content-Transfer-Encoding: (\S+)/i.exec(part?.[0] ?? '')?.[1]?.toLowerCase();
  return {
    messageId: header('Message-ID'),
    to: to.map(({ address }) => address),
    subject: words(header('Subject')),
    text: decoded(part?.[1] ?? '', encoding),
    raw,
  };
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const decoded = (text: string, encoding: string | undefined): string => {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(text).toString('utf8') : text;
};

/** Encoded words (RFC 2047). */
const words = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, inner: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(inner, 'base64').toString('utf8')
        : quotedPrintable(inner.replaceAll('_', ' ')).toString('utf8'),
    );
