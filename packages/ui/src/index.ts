export { default as Button } from './Button.svelte';
export { default as Keycap } from './Keycap.svelte';
export { colourOfEntity, ENTITY_COLOURS } from './passage/marks.ts';
export type { Emphasis, PassageMark, PassageRange, PassageToken } from './passage/marks.ts';
export { default as TextPassage } from './passage/TextPassage.svelte';
