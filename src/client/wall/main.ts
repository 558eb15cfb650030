import './styles/wall.css';
import './styles/moments.css';
import { keepAwake } from './awake.ts';
import { startEventWall } from './event-wall.ts';
import { boot } from './words.ts';

if (boot.kind === 'wall') startEventWall(boot);
keepAwake();
