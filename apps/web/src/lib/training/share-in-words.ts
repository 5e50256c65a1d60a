import type { ShareRight } from '@casebook/contracts';

/** `67 %`. */
export function perCent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `35 to 88 %`. */
export function intervalInWords({ low, high }: Pick<ShareRight, 'low' | 'high'>): string {
  return `${Math.round(100 * low)} to ${Math.round(100 * high)} %`;
}
