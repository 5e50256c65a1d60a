export { quantileOf } from './bootstrap.ts';
