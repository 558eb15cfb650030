export { guest } from '../en/guest.ts';
