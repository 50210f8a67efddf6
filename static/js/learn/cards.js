// Video and audio cards by themselves, on pages that are no lesson.

import { watchCards } from './media.js';

watchCards();
