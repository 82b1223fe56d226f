/** Points in a leaf, at most, unless they are too close to be told apart. */
const capacity = 4;
const deepest = 40;

/**
 * A quadtree over points in the plane, for forces that need far points only by their centre of mass (Barnes & Hut
 * 1986). Nodes lie in one array in depth-first order: the first child of a node follows it, and `skip` names what
 * follows its last descendant, so that a traversal is a loop without a stack. Built anew for every map; its memory is
 * reused.
 */
export class Quadtree {
  private nodes = 0;
  private readonly order: Int32Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private skip = new Int32Array(0);
  /** The range of a leaf's points in `x` and `y`; of another node, 0 to 0. */
  private first = new Int32Array(0);
  private last = new Int32Array(0);
  private mass = new Float64Array(0);
  private centreX = new Float64Array(0);
  private centreY = new Float64Array(0);
  private squaredSide = new Float64Array(0);

  constructor(private readonly points: number) {
    this.order = Int32Array.from({length: points}, (_, i) => i);
    this.x = new Float64Array(points);
    this.y = new Float64Array(points);
    this.grow();
  }

  /** Sorts the points of a map, shape [points, 2], into a tree. */
  build(map: Float64Array): void {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < this.points; ++i) {
      left = Math.min(left, map[2 * i]);
      right = Math.max(right, map[2 * i]);
      low = Math.min(low, map[2 * i + 1]);
      high = Math.max(high, map[2 * i + 1]);
    }
    const half = Math.max(right - left, high - low) / 2;
    this.nodes = 0;
    this.add(map, 0, this.points, (left + right) / 2, (low + high) / 2, half, 0);
  }

  /**
   * The repulsion of t-SNE on every point, sum of q^2 (y_i - y_j) with q = 1 / (1 + |y_i - y_j|^2), written to
   * `forces`, shape [points, 2]. A node stands for its points where its side is below `theta` times its distance (van
   * der Maaten 2014). Returns the sum of q over all ordered pairs.
   */
  repel(theta: number, forces: Float64Array): number {
    const {nodes, order, x, y, skip, first, last, mass, centreX, centreY, squaredSide} = this;
    const limit = theta * theta;
    let total = 0;
    for (let at = 0; at < order.length; ++at) {
      const px = x[at];
      const py = y[at];
      let fx = 0;
      let fy = 0;
      for (let node = 0; node < nodes;) {
        const dx = px - centreX[node];
        const dy = py - centreY[node];
        const squared = dx * dx + dy * dy;
        if (squaredSide[node] < limit * squared) {
          const q = 1 / (1 + squared);
          const weighted = mass[node] * q;
          total += weighted;
          fx += weighted * q * dx;
          fy += weighted * q * dy;
          node = skip[node];
        } else if (last[node] > 0) {
          for (let other = first[node]; other < last[node]; ++other) {
            const ex = px - x[other];
            const ey = py - y[other];
            const q = 1 / (1 + ex * ex + ey * ey);
            total += q;
            fx += q * q * ex;
            fy += q * q * ey;
          }
          node = skip[node];
        } else ++node;
      }
      forces[2 * order[at]] = fx;
      forces[2 * order[at] + 1] = fy;
    }
    return total - order.length; // every point met itself once, with q = 1 and no force
  }

  private add(map: Float64Array, from: number, to: number, cx: number, cy: number, half: number, depth: number): void {
    if (from === to) return;
    if (this.nodes === this.skip.length) this.grow();
    const node = this.nodes++;
    const leaf = to - from <= capacity || depth === deepest;
    this.first[node] = leaf ? from : 0;
    this.last[node] = leaf ? to : 0;
    this.mass[node] = to - from;
    this.squaredSide[node] = 4 * half * half;
    let sumX = 0;
    let sumY = 0;
    for (let at = from; at < to; ++at) {
      const i = this.order[at];
      sumX += map[2 * i];
      sumY += map[2 * i + 1];
      if (leaf) {
        this.x[at] = map[2 * i];
        this.y[at] = map[2 * i + 1];
      }
    }
    this.centreX[node] = sumX / (to - from);
    this.centreY[node] = sumY / (to - from);
    if (!leaf) {
      const middle = this.partition(map, 1, from, to, cy);
      const h = half / 2;
      for (const [low, high, y] of [
        [from, middle, cy - h],
        [middle, to, cy + h]
      ]) {
        const split = this.partition(map, 0, low, high, cx);
        this.add(map, low, split, cx - h, y, h, depth + 1);
        this.add(map, split, high, cx + h, y, h, depth + 1);
      }
    }
    this.skip[node] = this.nodes;
  }

  /** Reorders a range so that the points below a coordinate come first; returns where the others begin. */
  private partition(map: Float64Array, axis: number, from: number, to: number, below: number): number {
    const {order} = this;
    let middle = from;
    for (let at = from; at < to; ++at) {
      const i = order[at];
      if (map[2 * i + axis] >= below) continue;
      order[at] = order[middle];
      order[middle++] = i;
    }
    return middle;
  }

  private grow(): void {
    const length = Math.max(2 * this.skip.length, this.points, 16);
    const larger = <A extends Int32Array | Float64Array>(array: A): A => {
      const result = new (array.constructor as new (length: number) => A)(length);
      result.set(array);
      return result;
    };
    this.skip = larger(this.skip);
    this.first = larger(this.first);
    this.last = larger(this.last);
    this.mass = larger(this.mass);
    this.centreX = larger(this.centreX);
    this.centreY = larger(this.centreY);
    this.squaredSide = larger(this.squaredSide);
  }
}
