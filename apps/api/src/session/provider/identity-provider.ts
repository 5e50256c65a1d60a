import { emailSchema } from '@casebook/contracts';
import type { Configuration } from 'openid-client';
import { z } from 'zod';

export interface ProviderSettings {
  /** The address under which the provider describes itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people know it as. */
  readonly name: string;
}

/** What a browser takes with it to the provider, and must bring back. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  /** Proof that whoever redeems the code is who asked for it (PKCE). */
  readonly verifier: string;
}

/** Who the provider says that somebody is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider has verified it. */
  readonly email: string | undefined;
  readonly name: string | undefined;
}

/** The person, or the provider for them, said no. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** The provider can't be asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

// Some providers send the word instead of the value.
const verifiedSchema = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: verifiedSchema.optional(),
  name: z.string().optional(),
});

/** The instance's OpenID provider, by the authorization code flow with PKCE, state and nonce. */
export class IdentityProvider {
  readonly name: string;
  readonly #settings: ProviderSettings;
  #described: Promise<Configuration> | undefined;

  constructor(settings: ProviderSettings) {
    this.name = settings.name;
    this.#settings = settings;
  }

  /**
   * The address to send a browser to, and what is to be kept for its return.
   *
   * @throws Unreachable
   */
  async depart(returnTo: string): Promise<{ readonly address: URL; readonly departure: Departure }> {
    const client = await import('openid-client');
    const described = await this.#description();
    const departure = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const address = client.buildAuthorizationUrl(described, {
      redirect_uri: returnTo,
      scope: 'openid email profile',
      state: departure.state,
      nonce: departure.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(departure.verifier),
      code_challenge_method: 'S256',
    });
    return { address, departure };
  }

  /**
   * Who came back: redeems the code in the address, and checks that it belongs to this departure.
   *
   * @throws Declined, Unreachable, or what the library throws where anything does not fit.
   */
  async arrive(returned: URL, departure: Departure): Promise<Identity> {
    const client = await import('openid-client');
    const described = await this.#description();
    const tokens = await client
      .authorizationCodeGrant(described, returned, {
        expectedState: departure.state,
        expectedNonce: departure.nonce,
        pkceCodeVerifier: departure.verifier,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        throw error instanceof client.AuthorizationResponseError ? new Declined(error.error) : error;
      });
    const told = claimsSchema.parse(tokens.claims());
    // Providers may keep the address out of the token and tell it only when asked.
    const asks = told.email === undefined && described.serverMetadata().userinfo_endpoint !== undefined;
    const { sub, email, email_verified, name } = asks
      ? claimsSchema.parse(await client.fetchUserInfo(described, tokens.access_token, told.sub))
      : told;
    const address = emailSchema.safeParse(email);
    return {
      issuer: described.serverMetadata().issuer,
      subject: sub,
      email: address.success && email_verified === true ? address.data : undefined,
      name,
    };
  }

  /** What the provider says of itself, asked for once; again after it could not be reached. */
  async #description(): Promise<Configuration> {
    this.#described ??= this.#describe();
    try {
      return await this.#described;
    } catch (error) {
      this.#described = undefined;
      throw new Unreachable(`${this.#settings.issuer} does not describe itself`, { cause: error });
    }
  }

  async #describe(): Promise<Configuration> {
    const client = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.#settings;
    const server = new URL(issuer);
    // Settings allow http for this machine only. The library marks this deprecated so that it stands out.
    const execute: ((configuration: Configuration) => void)[] =
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      server.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const found = await client.discovery(server, clientId, clientSecret, undefined, { execute });
    const metadata = found.serverMetadata();
    // What a provider that names no method takes, by OpenID Connect Discovery 1.0, section 3.
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (!methods.includes('client_secret_basic')) return found;
    const basic = new client.Configuration(
      metadata,
      clientId,
      clientSecret,
      client.ClientSecretBasic(clientSecret),
    );
    for (const extend of execute) extend(basic);
    return basic;
  }
}
