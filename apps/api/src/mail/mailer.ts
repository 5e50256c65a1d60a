import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** False where no SMTP server was named: then links are shown to be copied instead. */
  readonly enabled: boolean;
  send(mail: Mail): Promise<void>;
}

/** A mailer over SMTP, or one that says it is none. */
export function makeMailer(smtpUrl: string | undefined, from: string): Mailer {
  if (smtpUrl === undefined) return { enabled: false, send: () => Promise.resolve() };
  const transport = createTransport(smtpUrl);
  return {
    enabled: true,
    send: async (mail) => {
      await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text });
    },
  };
}

/** Logs in to a mail server and sends nothing; what keeps it from taking mail, undefined where nothing does. */
export async function troubleWithMail(smtpUrl: string): Promise<string | undefined> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 5_000,
  });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    transport.close();
  }
}
