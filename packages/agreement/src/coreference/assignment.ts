/** Non-negative weights of pairs (row, column), pairs not named weighing nothing. Parallel arrays. */
export interface SparseWeights {
  readonly rows: number;
  readonly columns: number;
  readonly row: ArrayLike<number>;
  readonly column: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

/**
 * The matching of rows to columns, each used at most once, whose weights sum to the most. Row → column, or −1.
 *
 * Successive shortest augmenting paths with potentials (Jonker & Volgenant 1987; Edmonds & Karp 1972) over the pairs
 * that weigh something only: a search never leaves the connected component of its row. At worst O(n³) in a component
 * of n rows and columns; memory is linear in the pairs. Throws on a weight that is negative or not finite.
 */
export function maximumWeightMatching(weights: SparseWeights): Int32Array {
  const { rows, columns, row, column, weight } = weights;
  const pairs = row.length;
  const starts = new Int32Array(rows + 1);
  for (let pair = 0; pair < pairs; pair += 1) {
    const place = (row[pair] ?? 0) + 1;
    starts[place] = (starts[place] ?? 0) + 1;
    const value = weight[pair] ?? 0;
    if (!(value >= 0 && value < Infinity))
      throw new RangeError(`weight ${pair} is ${value}; expected 0 or more`);
  }
  for (let at = 0; at < rows; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const fill = starts.slice();
  const target = new Int32Array(pairs);
  const gain = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair += 1) {
    const from = row[pair] ?? 0;
    const place = fill[from] ?? 0;
    fill[from] = place + 1;
    target[place] = column[pair] ?? 0;
    gain[place] = weight[pair] ?? 0;
  }

  // Dual feasible start: a row's potential is its best weight, columns' are 0; staying single costs the potential.
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  for (let from = 0; from < rows; from += 1) {
    let best = 0;
    let bestColumn = -1;
    for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge += 1) {
      const value = gain[edge] ?? 0;
      if (value > best) {
        best = value;
        bestColumn = target[edge] ?? -1;
      }
    }
    rowPotential[from] = best;
    if (bestColumn >= 0 && rowOf[bestColumn] === -1) {
      columnOf[from] = bestColumn;
      rowOf[bestColumn] = from;
    }
  }

  const distance = new Float64Array(columns).fill(Infinity);
  const cameFrom = new Int32Array(columns);
  const done = new Uint8Array(columns);
  const frontier: number[] = [];
  const reached: number[] = [];
  const scanned: number[] = [];
  for (let root = 0; root < rows; root += 1) {
    if (columnOf[root] !== -1 || rowPotential[root] === 0) continue;
    let from = root;
    let offset = 0;
    // The cheapest way to end the path by leaving some row single.
    let singleCost = Infinity;
    let singleRow = -1;
    let freeColumn = -1;
    let end: number;
    scanned.length = 0;
    for (;;) {
      const price = rowPotential[from] ?? 0;
      if (offset + price < singleCost) {
        singleCost = offset + price;
        singleRow = from;
      }
      for (let edge = starts[from] ?? 0; edge < (starts[from + 1] ?? 0); edge += 1) {
        const to = target[edge] ?? 0;
        if (done[to] === 1) continue;
        const cost = offset + price + (columnPotential[to] ?? 0) - (gain[edge] ?? 0);
        const known = distance[to] ?? Infinity;
        if (cost < known) {
          if (known === Infinity) {
            frontier.push(to);
            reached.push(to);
          }
          distance[to] = cost;
          cameFrom[to] = from;
        }
      }
      let nearest = -1;
      let nearestPlace = -1;
      let nearestCost = singleCost;
      for (let place = 0; place < frontier.length; place += 1) {
        const to = frontier[place] ?? 0;
        const cost = distance[to] ?? Infinity;
        if (
          cost < nearestCost ||
          (cost === nearestCost && rowOf[to] === -1 && nearest !== -1 && rowOf[nearest] !== -1)
        ) {
          nearest = to;
          nearestPlace = place;
          nearestCost = cost;
        }
      }
      end = nearestCost;
      if (nearest === -1) break;
      frontier[nearestPlace] = frontier[frontier.length - 1] ?? 0;
      frontier.pop();
      done[nearest] = 1;
      scanned.push(nearest);
      const holder = rowOf[nearest] ?? -1;
      if (holder === -1) {
        freeColumn = nearest;
        break;
      }
      from = holder;
      offset = nearestCost;
    }

    rowPotential[root] = (rowPotential[root] ?? 0) - end;
    for (const to of scanned) {
      const slack = end - (distance[to] ?? 0);
      const holder = rowOf[to] ?? -1;
      if (holder !== -1) rowPotential[holder] = (rowPotential[holder] ?? 0) - slack;
      columnPotential[to] = (columnPotential[to] ?? 0) + slack;
    }
    let free = freeColumn;
    if (free === -1 && singleRow !== root) {
      free = columnOf[singleRow] ?? -1;
      columnOf[singleRow] = -1;
    }
    while (free !== -1) {
      const taker = cameFrom[free] ?? root;
      const given = columnOf[taker] ?? -1;
      columnOf[taker] = free;
      rowOf[free] = taker;
      free = taker === root ? -1 : given;
    }
    for (const to of reached) {
      distance[to] = Infinity;
      done[to] = 0;
    }
    frontier.length = 0;
    reached.length = 0;
  }
  return columnOf;
}
