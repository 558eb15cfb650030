export { codes } from '../en/codes.ts';
