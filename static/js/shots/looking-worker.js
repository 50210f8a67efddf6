// Looks at pictures beside the page, so that the camera's view never stutters.

import { Looking } from './looking.js';

const looking = new Looking();

addEventListener('message', ({ data }) => {
  const began = performance.now();
  const found = looking[data.kind]({ ...data, pixels: new Uint8ClampedArray(data.pixels) });
  postMessage({ found, milliseconds: performance.now() - began });
});
