import { createContext } from 'svelte';
import { isRightToLeft } from '../../document-editor/direction.ts';
import { EntityWork } from './entity-work.ts';
import { Finding } from './finding.svelte.ts';
import { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import { Picks } from './picks.ts';
import { Place } from './place.svelte.ts';
import { SpanChoosing } from './span-choosing.ts';
import { Standings } from './standings.ts';
import { Steps } from './steps.ts';
import { Voice } from './voice.svelte.ts';

/** The editor of one document, as its components see it: what each part of the work is, and what stands between them. */
export class EditorState {
  readonly pass: Pass;
  /** Whether the text runs from right to left. */
  readonly rightToLeft: boolean;
  readonly voice = new Voice();
  readonly modes = new Modes();
  readonly place: Place;
  readonly steps: Steps;
  readonly spans: SpanChoosing;
  readonly standings: Standings;
  readonly picks: Picks;
  readonly entities: EntityWork;
  readonly finding: Finding;

  constructor(pass: Pass) {
    const { voice, modes } = this;
    this.pass = pass;
    this.rightToLeft = isRightToLeft(pass.paragraphs.map(({ text }) => text).join(' '));
    this.place = new Place(pass, voice);
    this.steps = new Steps(pass, voice, this.place, modes);
    this.spans = new SpanChoosing(pass, voice, this.place, modes, this.steps);
    this.standings = new Standings(pass, voice, this.place, this.steps, this.spans);
    this.picks = new Picks(pass, voice, this.place, modes, this.steps, this.spans);
    this.entities = new EntityWork(pass, voice, this.place, modes, this.steps);
    this.finding = new Finding(pass, voice, this.place, modes);
  }

  /** One step back: out of what was begun, else out of the mention that is selected. */
  leave(): void {
    this.voice.calm();
    if (this.modes.now.kind !== 'reading') this.modes.read();
    else this.place.select(null);
  }

  /** The innermost mention at a token; of the one that is selected there, the one around it. */
  selectAt(token: number, show = true): void {
    const here = this.pass.at(token);
    const index = here.findIndex(({ id }) => id === this.place.selectedId);
    const next = here[(index + 1) % Math.max(here.length, 1)];
    if (next !== undefined) this.place.select(next.id, show);
    else if (show) this.spans.choose({ kind: 'make' }, token, token);
    else this.place.leaveFor(token);
  }
}

export const [useEditor, provideEditor] = createContext<EditorState>();
