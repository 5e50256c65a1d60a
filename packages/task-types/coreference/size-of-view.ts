import type { AgreementView, MemberId } from '@casebook/contracts';

/** Who answered, how many units and how often. */
export function sizeOf(
  codings: readonly { readonly unitId: string }[],
  coders: readonly MemberId[],
): Pick<AgreementView, 'coders' | 'units' | 'ratings'> {
  return {
    coders: [...coders],
    units: new Set(codings.map(({ unitId }) => unitId)).size,
    ratings: codings.length,
  };
}
