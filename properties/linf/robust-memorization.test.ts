import { lawsInNorm } from '../robust-memorization.js';

lawsInNorm('linf');
