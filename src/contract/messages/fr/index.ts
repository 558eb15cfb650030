/* What the server says; the rest of the console’s words are in console.ts. */
export { admin } from './admin.ts';
export { codes } from './codes.ts';
export { failures } from './failures.ts';
export { guest } from './guest.ts';
export { site } from './site.ts';
export { wall } from './wall.ts';
