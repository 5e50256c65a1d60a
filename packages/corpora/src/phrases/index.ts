export { CHUNKER, proposePhrases } from './chunker.ts';
