import './styles/wall.css';
import './styles/moments.css';
import './styles/screen.css';
import { keepAwake } from './awake.ts';
import { startEventWall } from './event-source.ts';
import { startScreen } from './screen/screen.ts';
import { boot } from './words.ts';

if (boot.kind === 'wall') void startEventWall(boot);
else void startScreen(boot);
keepAwake();
