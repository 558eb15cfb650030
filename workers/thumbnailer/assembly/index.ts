/** What the host may call; see `../codecs/` for who does. */
export { forget, mark, release, reserve } from './arena';
