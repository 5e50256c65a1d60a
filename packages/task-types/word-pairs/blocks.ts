import type { SectionPlan, UnitPlan } from '../task-type-server.ts';

/** Blocks of a size that follow each other, the last one with what is left. */
export async function* inBlocks<Unit>(
  units: AsyncIterable<UnitPlan<Unit>> | Iterable<UnitPlan<Unit>>,
  size: number,
): AsyncGenerator<SectionPlan<Unit>> {
  let block: UnitPlan<Unit>[] = [];
  let number = 1;
  for await (const unit of units) {
    block.push(unit);
    if (block.length < size) continue;
    yield { name: `Block ${number}`, units: block };
    block = [];
    number += 1;
  }
  if (block.length > 0) yield { name: `Block ${number}`, units: block };
}
