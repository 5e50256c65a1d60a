import type { EntityId, MentionId } from '../../document-editor/contract.ts';
import type { SpanDraft } from '../../document-editor/span-draft.ts';
import type { Picking } from './picking.svelte.ts';

/** What the foot of the page is for. */
type Mode =
  | { readonly kind: 'reading' }
  | { readonly kind: 'choosing-span'; readonly draft: SpanDraft }
  | { readonly kind: 'picking'; readonly picking: Picking }
  | { readonly kind: 'splitting'; readonly entity: EntityId; readonly leaving: readonly MentionId[] }
  | { readonly kind: 'describing'; readonly entity: EntityId }
  | { readonly kind: 'finding' };

const READING: Mode = { kind: 'reading' };

/** What the annotator is about to do. */
export class Modes {
  now: Mode = $state.raw(READING);
  /** Whether a narrow page shows the list of entities. */
  panelOpen: boolean = $state(false);
  readonly draft: SpanDraft | null = $derived(this.now.kind === 'choosing-span' ? this.now.draft : null);
  readonly picking: Picking | null = $derived(this.now.kind === 'picking' ? this.now.picking : null);

  /** Back to the text. */
  read(): void {
    this.now = READING;
  }
}
