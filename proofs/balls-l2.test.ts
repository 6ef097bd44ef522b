import { everyBall } from './every-ball.js';

everyBall('l2');
