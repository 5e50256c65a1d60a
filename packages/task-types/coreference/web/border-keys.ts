import { letterOf } from '../keys.ts';
import type { Draft } from './draft.svelte.ts';

/** Does what a key says while borders are chosen; whether it said anything. */
export function pressedOnBorders(draft: Draft, event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const { borders } = draft;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    if (metaKey) return false;
    // Arrows go where they point, so that in a text from right to left the left one goes on.
    const by = (key === 'ArrowLeft') === borders.rightToLeft ? 1 : -1;
    const other = borders.usualStep === 'token' ? 'character' : 'token';
    borders.move(ctrlKey ? 'start' : 'end', by, altKey ? other : borders.usualStep);
    return true;
  }
  const onButton = event.target instanceof Element && event.target.closest('button') !== null;
  if (event.repeat || shiftKey) return false;
  if (key === 'Enter' && !onButton) draft.takeBorders();
  else if (key === 'Delete' || key === 'Backspace') borders.reset();
  else if (letterOf(event) === 'u' || ((ctrlKey || metaKey) && key.toLowerCase() === 'z')) borders.undo();
  else if (letterOf(event) === 'a') borders.anotherPiece();
  else return false;
  return true;
}
