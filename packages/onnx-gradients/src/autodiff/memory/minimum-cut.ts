/** A directed graph with capacities; vertices are numbers from 0. Adding an edge again adds to its capacity. */
export class FlowNetwork {
  /** What may still flow from a vertex to its neighbours; every edge has its reverse here, at first with 0. */
  readonly #residual: Map<number, number>[] = [];

  addEdge(from: number, to: number, capacity: number): void {
    this.#row(from).set(to, (this.#row(from).get(to) ?? 0) + capacity);
    this.#row(to).set(from, this.#row(to).get(from) ?? 0);
  }

  /**
   * Saturates the network and returns the vertices from which the sink can still be reached: the sink's side of the
   * minimum cut that lies nearest to it (Edmonds and Karp 1972). At least one edge of every path has to be finite.
   */
  sinkSide(source: number, sink: number): ReadonlySet<number> {
    for (;;) {
      const path = this.#shortestPath(source, sink);
      if (!path) return this.#reaching(sink);
      const flow = Math.min(...path.map(([from, to]) => this.#row(from).get(to) ?? 0));
      if (flow === Number.POSITIVE_INFINITY)
        throw new Error('A path from source to sink has no finite edge.');
      for (const [from, to] of path) {
        this.#row(from).set(to, (this.#row(from).get(to) ?? 0) - flow);
        this.#row(to).set(from, (this.#row(to).get(from) ?? 0) + flow);
      }
    }
  }

  #row(vertex: number): Map<number, number> {
    const known = this.#residual[vertex];
    if (known) return known;
    const row = new Map<number, number>();
    this.#residual[vertex] = row;
    return row;
  }

  /** Its edges from the sink back to the source; undefined when nothing more can flow. */
  #shortestPath(source: number, sink: number): readonly (readonly [number, number])[] | undefined {
    const cameFrom = new Map<number, number>([[source, source]]);
    const queue = [source];
    for (const vertex of queue) {
      for (const [next, capacity] of this.#row(vertex)) {
        if (capacity <= 0 || cameFrom.has(next)) continue;
        cameFrom.set(next, vertex);
        queue.push(next);
      }
      if (cameFrom.has(sink)) break;
    }
    if (!cameFrom.has(sink)) return undefined;
    const path: (readonly [number, number])[] = [];
    for (let to = sink; to !== source; ) {
      const from = cameFrom.get(to) ?? source;
      path.push([from, to]);
      to = from;
    }
    return path;
  }

  /** Reverse edges are in the same rows, so a vertex's row names all that may lead to it. */
  #reaching(sink: number): ReadonlySet<number> {
    const found = new Set([sink]);
    for (const vertex of found) {
      for (const before of this.#row(vertex).keys()) {
        if ((this.#row(before).get(vertex) ?? 0) > 0) found.add(before);
      }
    }
    return found;
  }
}
