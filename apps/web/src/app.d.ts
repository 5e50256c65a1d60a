import type { Session } from '@casebook/contracts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Found in the server's log. */
      requestId?: string;
    }
    interface Locals {
      /** Null for a visitor. */
      session: Session | null;
    }
    interface PageData {
      /** Absent where an error came before it was known. */
      theme?: 'light' | 'dark' | 'system';
      session: Session | null;
      /** What stands beside the wordmark: the project that is open. */
      place?: { readonly name: string; readonly href: string };
    }
  }
}

export {};
