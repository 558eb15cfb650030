import './styles/wall.css';
import './styles/moments.css';
import { keepAwake } from './awake.ts';
import { startEventWall } from './event-source.ts';
import { boot } from './words.ts';

if (boot.kind === 'wall') void startEventWall(boot);
keepAwake();
