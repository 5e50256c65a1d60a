import { digitOf, editorCommandOf } from '../../document-editor/keys.ts';
import type { EditorState } from './editor-state.svelte.ts';

/** Does what a key says; whether it said anything. Fields and lists have had their own keys before. */
export function pressed(editor: EditorState, event: KeyboardEvent): boolean {
  if (event.key === 'Escape') {
    editor.leave();
    return true;
  }
  const onButton = event.target instanceof Element && event.target.closest('button, a, summary') !== null;
  if (onButton && (event.key === 'Enter' || event.key === ' ')) return false;
  switch (editor.modes.now.kind) {
    case 'choosing-span':
      return arrowed(editor, event) || whileChoosing(editor, event);
    case 'reading':
      return arrowed(editor, event) || whileReading(editor, event);
    case 'picking':
      if (event.key !== 'Enter') return false;
      editor.picks.confirm();
      return true;
    case 'splitting':
      if (event.key !== 'Enter') return false;
      editor.entities.split();
      return true;
    case 'describing':
    case 'finding':
      return false;
  }
}

/** The arrows: through the text, or at the ends of a span. */
function arrowed(editor: EditorState, event: KeyboardEvent): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (altKey || metaKey || (ctrlKey && !shiftKey)) return false;
  const choosing = editor.modes.draft !== null;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const by = key === 'ArrowUp' ? -1 : 1;
    if (choosing) editor.spans.shiftSentence(by, shiftKey);
    else editor.place.moveSentence(by);
    return true;
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  // Arrows go where they point, so that in a text from right to left the left one goes on.
  const by = (key === 'ArrowLeft') === editor.rightToLeft ? 1 : -1;
  if (shiftKey) editor.spans.extend(ctrlKey ? 'start' : 'end', by);
  else if (choosing) editor.spans.shift(by);
  else editor.place.moveCursor(by);
  return true;
}

function whileChoosing(editor: EditorState, event: KeyboardEvent): boolean {
  if (event.key === 'Enter') {
    editor.spans.take();
    return true;
  }
  switch (editorCommandOf(event)) {
    case 'make':
      editor.spans.take();
      return true;
    case 'another-piece':
      editor.spans.anotherPiece();
      return true;
    case 'remove':
      editor.spans.clear();
      return true;
    case 'undo':
      editor.leave();
      return true;
    case 'new':
    case 'refer':
    case 'property':
    case 'non-referring':
    case 'bridge':
    case 'deixis':
      // What is said of a phrase that is no mention yet makes it one.
      if (editor.modes.draft?.purpose.kind !== 'make' || !editor.spans.take()) return true;
      return whileReading(editor, event);
    case null:
      return editor.modes.draft?.purpose.kind === 'make' && numbered(editor, event);
    default:
      return false;
  }
}

function whileReading(editor: EditorState, event: KeyboardEvent): boolean {
  if (event.key === 'Enter') {
    editor.selectAt(editor.place.cursor);
    return true;
  }
  switch (editorCommandOf(event)) {
    case null:
      return numbered(editor, event);
    case 'another-piece':
      return false;
    case 'make':
      editor.spans.choose({ kind: 'make' }, editor.place.cursor, editor.place.cursor);
      break;
    case 'next-mention':
      editor.place.nextMention(1);
      break;
    case 'previous-mention':
      editor.place.nextMention(-1);
      break;
    case 'next-of-entity':
      editor.place.nextOfEntity(1);
      break;
    case 'previous-of-entity':
      editor.place.nextOfEntity(-1);
      break;
    case 'go':
      editor.picks.begin('go');
      break;
    case 'find':
      editor.finding.begin();
      break;
    case 'refer':
      editor.picks.begin('refer');
      break;
    case 'property':
      editor.picks.begin('property');
      break;
    case 'merge':
      editor.picks.begin('merge');
      break;
    case 'bridge':
      editor.picks.begin('bridge');
      break;
    case 'new':
      editor.standings.openNew();
      break;
    case 'non-referring':
      editor.standings.nonReferring();
      break;
    case 'take-out':
      editor.standings.takeOut();
      break;
    case 'remove':
      editor.standings.remove();
      break;
    case 'split':
      editor.entities.beginSplit();
      break;
    case 'describe':
      editor.entities.describe();
      break;
    case 'head':
      editor.spans.chooseFor('head');
      break;
    case 'minimum':
      editor.spans.chooseFor('minimum');
      break;
    case 'deixis':
      editor.spans.chooseFor('deixis');
      break;
    case 'undo':
      editor.steps.undo();
      break;
    case 'redo':
      editor.steps.redo();
      break;
  }
  return true;
}

/** A digit begins a number; where no entity has a longer one, the mention is linked at once. */
function numbered(editor: EditorState, event: KeyboardEvent): boolean {
  const digit = event.shiftKey ? null : digitOf(event);
  if (digit === null || digit === '0') return false;
  editor.picks.begin(editor.place.selected === null && editor.modes.draft === null ? 'go' : 'refer', digit);
  const { picking } = editor.modes;
  if (picking === null) return true;
  const numbers = [...editor.pass.annotation.entities.values()].map(({ number }) => String(number));
  const fitting = numbers.filter((number) => number.startsWith(digit));
  if (fitting.length === 1 && fitting[0] === digit && picking.marked?.kind === 'entity')
    editor.picks.confirm();
  return true;
}
