/** The protocol of a published dataset as far as it is known, with what of it is not done here. */
export interface ProtocolPreset<Protocol> {
  readonly id: string;
  readonly title: string;
  /** The publication that it follows. */
  readonly follows: string;
  /** What of the original this protocol does not reproduce, a sentence each. */
  readonly leavesOut: readonly string[];
  readonly protocol: Protocol;
}
