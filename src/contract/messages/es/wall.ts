export { wall } from '../en/wall.ts';
