import './styles/wall.css';
import './styles/moments.css';
import './styles/screen.css';
import { keepAwake } from './awake.ts';
import { startEventWall } from './event-source.ts';
import { startPreview } from './preview.ts';
import { startScreen } from './screen/screen.ts';
import { boot } from './words.ts';

if (boot.kind === 'wall') void startEventWall(boot);
else if (boot.kind === 'preview') startPreview(boot);
else void startScreen(boot);
if (boot.kind !== 'preview') keepAwake();
