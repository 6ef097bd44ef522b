import { everyBall } from './every-ball.js';

everyBall('linf');
