/** How many of the units asked must be right to pass. */
export function rightToPass(passMark: number, asked: number): number {
  return Math.ceil(passMark * asked);
}
