import { everyBall } from './every-ball.js';

everyBall('l1');
