export { type CannotReveal, type Revealed, revealHidden, revealingRequest } from './hidden-content.js';
