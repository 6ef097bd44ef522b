import { lawsInNorm } from '../robust-memorization.js';

lawsInNorm('l1');
