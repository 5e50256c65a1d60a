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
  switch (editor.mode.kind) {
    case 'choosing-span':
      return arrowed(editor, event) || whileChoosing(editor, event);
    case 'reading':
      return arrowed(editor, event) || whileReading(editor, event);
    case 'picking':
      if (event.key !== 'Enter') return false;
      editor.confirm();
      return true;
    case 'splitting':
      if (event.key !== 'Enter') return false;
      editor.split();
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
  const choosing = editor.draft !== null;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const by = key === 'ArrowUp' ? -1 : 1;
    if (choosing) editor.shiftSentence(by, shiftKey);
    else editor.moveSentence(by);
    return true;
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  // Arrows go where they point, so that in a text from right to left the left one goes on.
  const by = (key === 'ArrowLeft') === editor.rightToLeft ? 1 : -1;
  if (shiftKey) editor.extend(ctrlKey ? 'start' : 'end', by);
  else if (choosing) editor.shift(by);
  else editor.moveCursor(by);
  return true;
}

function whileChoosing(editor: EditorState, event: KeyboardEvent): boolean {
  if (event.key === 'Enter') {
    editor.takeSpan();
    return true;
  }
  switch (editorCommandOf(event)) {
    case 'make':
      editor.takeSpan();
      return true;
    case 'another-piece':
      editor.anotherPiece();
      return true;
    case 'remove':
      editor.clearSpan();
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
      if (editor.draft?.purpose.kind !== 'make' || !editor.takeSpan()) return true;
      return whileReading(editor, event);
    case null:
      return editor.draft?.purpose.kind === 'make' && numbered(editor, event);
    default:
      return false;
  }
}

function whileReading(editor: EditorState, event: KeyboardEvent): boolean {
  if (event.key === 'Enter') {
    editor.selectAt(editor.cursor);
    return true;
  }
  switch (editorCommandOf(event)) {
    case null:
      return numbered(editor, event);
    case 'another-piece':
      return false;
    case 'make':
      editor.chooseSpan({ kind: 'make' }, editor.cursor, editor.cursor);
      break;
    case 'next-mention':
      editor.nextMention(1);
      break;
    case 'previous-mention':
      editor.nextMention(-1);
      break;
    case 'next-of-entity':
      editor.nextOfEntity(1);
      break;
    case 'previous-of-entity':
      editor.nextOfEntity(-1);
      break;
    case 'go':
      editor.pick('go');
      break;
    case 'find':
      editor.find();
      break;
    case 'refer':
      editor.pick('refer');
      break;
    case 'property':
      editor.pick('property');
      break;
    case 'merge':
      editor.pick('merge');
      break;
    case 'bridge':
      editor.pick('bridge');
      break;
    case 'new':
      editor.openNew();
      break;
    case 'non-referring':
      editor.nonReferring();
      break;
    case 'take-out':
      editor.takeOut();
      break;
    case 'remove':
      editor.remove();
      break;
    case 'split':
      editor.beginSplit();
      break;
    case 'describe':
      editor.describe();
      break;
    case 'head':
      editor.chooseFor('head');
      break;
    case 'minimum':
      editor.chooseFor('minimum');
      break;
    case 'deixis':
      editor.chooseFor('deixis');
      break;
    case 'undo':
      editor.undo();
      break;
    case 'redo':
      editor.redo();
      break;
  }
  return true;
}

/** A digit begins a number; where no entity has a longer one, the mention is linked at once. */
function numbered(editor: EditorState, event: KeyboardEvent): boolean {
  const digit = event.shiftKey ? null : digitOf(event);
  if (digit === null || digit === '0') return false;
  editor.pick(editor.selected === null && editor.draft === null ? 'go' : 'refer', digit);
  const { picking } = editor;
  if (picking === null) return true;
  const numbers = [...editor.pass.annotation.entities.values()].map(({ number }) => String(number));
  const fitting = numbers.filter((number) => number.startsWith(digit));
  if (fitting.length === 1 && fitting[0] === digit && picking.marked?.kind === 'entity') editor.confirm();
  return true;
}
