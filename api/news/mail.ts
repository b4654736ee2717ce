import { Readable } from 'node:stream';
import type { Language } from '#schemas/languages.ts';
import { fault, type Mark, type Outcome } from './outcome.ts';

/**
 * Letters over SMTP (RFC 5321). One connection a letter: there are few, and none waits for another's. The client is
 * loaded with the first letter.
 */

export type MailSettings = {
  /** smtp://[user:password@]host[:port] (STARTTLS where it is offered, and always with a password), or smtps://. */
  url: string;
  /** As the sender stands in letters: `五型 <wuxing@example.cn>`, or an address alone. */
  from: string;
};

export type Letter = {
  /** Names the message for ever: a server that is handed it twice can tell. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  language: Language;
  date: Date;
  /** Where the reader turns it off. */
  unsubscribe?: string;
};

const PATIENCE_MS = 20_000;

/** `name <address>` or an address; undefined for anything else. */
export function parseSender(text: string): { name: string; address: string } | undefined {
  const [, name, inner, alone] =
    /^(?:([^<>"\r\n]*?)\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/.exec(text) ?? [];
  const address = inner ?? alone;
  return address === undefined ? undefined : { name: name ?? '', address };
}

async function composed(from: { name: string; address: string }, letter: Letter): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { messageId, to, subject, text, html, language, date, unsubscribe } = letter;
  return new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId,
    date,
    headers: {
      'Content-Language': language,
      // No out-of-office reply to a program (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe ? { 'List-Unsubscribe': `<${unsubscribe}>` } : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** The last byte waits for the mark: before it no server takes the message for whole, after it one may have. */
async function* heldBack(message: Buffer, mark: Mark): AsyncGenerator<Buffer> {
  yield message.subarray(0, -1);
  if (!(await mark())) throw new Error('another server has taken over');
  yield message.subarray(-1);
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

export type Mailer = (letter: Letter, mark: Mark) => Promise<Outcome>;

export function createMailer({ url, from }: MailSettings): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const sender = parseSender(from) ?? { name: '', address: from };
  const secure = protocol === 'smtps:';

  return async (letter, mark) => {
    const message = await composed(sender, letter);
    const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
    let marked = false;
    const connection = new SMTPConnection({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      requireTLS: !secure && username !== '',
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      dnsTimeout: PATIENCE_MS,
      socketCloseTimeout: 0,
    });
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.once('end', () => reject(new Error('the connection ended')));
        const send = (): void => {
          const body = Readable.from(
            heldBack(message, async () => {
              marked = await mark();
              return marked;
            }),
          );
          body.once('error', reject);
          const envelope = { from: sender.address, to: [letter.to] };
          connection.send(envelope, body, (error) => (error ? reject(error) : resolve()));
        };
        connection.connect((error) => {
          if (error) return reject(error);
          if (username === '') return send();
          const user = decodeURIComponent(username);
          const pass = decodeURIComponent(password);
          connection.login({ user, pass, credentials: { user, pass } }, (refused) =>
            refused ? reject(refused) : send(),
          );
        });
      });
      return { state: 'sent' };
    } catch (error) {
      return outcomeOf(error as SmtpError, marked);
    } finally {
      connection.close();
    }
  };
}

/** A reply of the server says for certain that it has not taken the message; silence after the last byte does not. */
function outcomeOf({ code, responseCode = 0, response, message }: SmtpError, marked: boolean): Outcome {
  const said = response ?? message;
  if (code === 'EENVELOPE' || (marked && responseCode >= 400)) {
    if (responseCode >= 500) return { state: 'failed', fault: fault('refused', said) };
    if (responseCode >= 400) return { state: 'again', fault: fault('refused', said) };
  }
  if (marked) return { state: 'uncertain', fault: fault('no-answer', said) };
  const away = responseCode === 0;
  return { state: 'again', away: true, fault: fault(away ? 'unreachable' : 'refused', said) };
}
