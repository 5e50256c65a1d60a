/** What the editor says: to a screen reader always, and on the page where something cannot be done. */
export class Voice {
  /** What a screen reader is told. */
  said: string = $state('');
  /** Why the last thing asked for was not done. */
  refusal: string | null = $state(null);

  say(words: string): void {
    // The same words twice are two things said.
    this.said = this.said === words ? `${words}\u00a0` : words;
  }

  refuse(message: string): void {
    this.refusal = message;
    this.say(message);
  }

  /** What was refused is over. */
  calm(): void {
    this.refusal = null;
  }
}
