import { lawsInNorm } from '../robust-memorization.js';

lawsInNorm('l2');
