export * from './document.ts';
export * from './word-pair.ts';
