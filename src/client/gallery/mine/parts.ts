/* What is loaded when a guest asks for what is theirs. */
export { setWords } from './mine-words.ts';
export { Arrival } from './move/arrival.tsx';
export { MineView } from './view.tsx';
