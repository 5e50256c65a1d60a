import type { Server } from 'node:http';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** What the provider tells of somebody. */
interface KnownPerson {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/** A real OpenID provider on this machine, with a form where anybody logs in as whom they name. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By subject; may be changed while it runs. */
  readonly people: Map<string, KnownPerson>;
  stop(): Promise<void>;
}

export async function startTestProvider(port: number, returnTo: string): Promise<TestProvider> {
  const issuer = `http://127.0.0.1:${String(port)}`;
  const [clientId, clientSecret] = ['casebook', 'a secret of the client and the provider'];
  const people = new Map<string, KnownPerson>();
  const scope = 'openid email profile';
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [returnTo] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['keys of the test provider'] },
    pkce: { required: () => true },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...people.get(subject) }),
    }),
    // Nobody is asked for consent: an organisation's own provider rarely does.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        clientId,
        ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  const server: Server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser without pages: it keeps cookies and follows redirections, and fills in the provider's form. */
export class Wanderer {
  readonly cookies = new Map<string, string>();

  async get(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/su);
      if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/iu.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Follows from one address to the next for as long as they begin so; the first that does not. */
  async follow(from: string, within: string, form?: Readonly<Record<string, string>>): Promise<string> {
    let response = await this.get(from, form);
    let [here, to] = [from, response.headers.get('location')];
    while (to !== null) {
      here = new URL(to, here).href;
      if (!here.startsWith(within)) return here;
      response = await this.get(here);
      to = response.headers.get('location');
    }
    return here;
  }

  /** Logs in at the provider; the address on our side where it sends the browser back to. */
  async logInAt(provider: TestProvider, departure: string, subject: string): Promise<string> {
    const leaving = await this.get(departure);
    const first = leaving.headers.get('location');
    if (first === null) throw new Error(`nothing led away from ${departure}`);
    const asking = await this.follow(first, provider.issuer);
    if (!asking.includes('/interaction/')) return asking;
    return this.follow(asking, provider.issuer, { prompt: 'login', login: subject, password: 'any' });
  }
}
