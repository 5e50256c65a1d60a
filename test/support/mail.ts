import { SMTPServer } from 'smtp-server';

export interface MailCatcher {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** The next mail to an address, raw but with its soft line breaks undone; waits up to ten seconds for it. */
  next(address: string): Promise<string>;
  stop(): Promise<void>;
}

interface Caught {
  readonly to: readonly string[];
  readonly text: string;
}

/** An SMTP server that takes every mail and delivers none. */
export async function catchMail(): Promise<MailCatcher> {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const text = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
        caught.push({ to: session.envelope.rcptTo.map((recipient) => recipient.address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail catcher has no port');
  return {
    url: `smtp://127.0.0.1:${String(address.port)}`,
    next: async (recipient) => {
      for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
        const index = caught.findIndex((mail) => mail.to.includes(recipient));
        const [mail] = index < 0 ? [] : caught.splice(index, 1);
        if (mail !== undefined) return mail.text;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no mail to ${recipient} came within ten seconds`);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
