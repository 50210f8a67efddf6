// Makes questions handier that work without script too: things to order get buttons, places are tapped in the picture,
// moments are marked while the clip plays. The list with all answers stays, folded, for whoever prefers it.

import { ordering } from './ordering.js';
import { pointing } from './pointing.js';
import { timing } from './timing.js';

const KINDS = { order: ordering, hotspot: pointing, moment: timing, tap: timing };

document.querySelectorAll('[data-ask]').forEach((fieldset) => {
  KINDS[fieldset.dataset.ask](fieldset, JSON.parse(fieldset.dataset.words));
});
