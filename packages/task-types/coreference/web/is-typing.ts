/** Whether a press belongs to a field, or to the pointer over the text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role="slider"]') !== null;
}
