/* What a guest's page says, as one file to load. */
export { codes } from './codes.ts';
export { failures } from './failures.ts';
export { guest } from './guest.ts';
