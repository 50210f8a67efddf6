// Chance that can be repeated: sfc32 (Chris Doty-Humphrey, PractRand), filled from a seed and a purpose, so that what
// a host does never changes what another purpose draws.

function mixed(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

// FNV-1a.
function hashed(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export const newSeed = () => crypto.getRandomValues(new Uint32Array(1))[0];

export class Chance {
  constructor(seed, purpose) {
    const draw = mixed(seed ^ hashed(purpose));
    Object.assign(this, { a: draw(), b: draw(), c: draw(), d: 1 });
    for (let round = 0; round < 12; round += 1) this.next();
  }

  // From 0 up to, but without, 1.
  next() {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t | 0;
    return (t >>> 0) / 4294967296;
  }

  below(count) {
    return Math.floor(this.next() * count);
  }

  between(least, most) {
    return least + this.next() * (most - least);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  // How often something that happens `mean` times on average happens now (Knuth; means here are far below 10).
  poisson(mean) {
    const limit = Math.exp(-mean);
    let count = 0;
    let product = this.next();
    while (product > limit) {
      count += 1;
      product *= this.next();
    }
    return count;
  }

  // A share of a count, rounded up or down by chance so that it holds on average.
  share(count, part) {
    const exact = count * part;
    return Math.floor(exact) + (this.next() < exact - Math.floor(exact) ? 1 : 0);
  }

  // By weight: {name: weight}.
  weighted(weights) {
    const names = Object.keys(weights);
    let left = this.next() * names.reduce((sum, name) => sum + weights[name], 0);
    return names.find((name) => { left -= weights[name]; return left < 0; }) || names[names.length - 1];
  }

  shuffled(list) {
    const found = [...list];
    for (let at = found.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [found[at], found[other]] = [found[other], found[at]];
    }
    return found;
  }
}

// Everything once in a drawn order before anything comes again.
export class Bag {
  constructor(chance, list) {
    Object.assign(this, { chance, list, left: [] });
  }

  draw() {
    if (!this.left.length) this.left = this.chance.shuffled(this.list);
    return this.left.pop();
  }
}
