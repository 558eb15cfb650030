/* What the console says, as one file to load. */
export { admin } from './admin.ts';
export { codes } from './codes.ts';
export { desk } from './desk.ts';
export { events } from './events.ts';
export { failures } from './failures.ts';
export { look } from './look.ts';
export { people } from './people.ts';
export { rehearsal } from './rehearsal.ts';
export { screens } from './screens.ts';
export { share } from './share.ts';
export { shell } from './shell.ts';
export { sites } from './sites.ts';
export { stage } from './stage.ts';
