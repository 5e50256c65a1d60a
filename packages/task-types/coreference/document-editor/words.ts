import type { Operation } from './contract.ts';

/** What an operation did, for the list of steps and for a voice. `textOf` and `numberOf` name what it is about. */
export function describeOperation(
  operation: Operation,
  textOf: (mention: string) => string,
  numberOf: (entity: string) => string,
): string {
  const phrase = 'mention' in operation ? `“${textOf(operation.mention)}”` : '';
  switch (operation.kind) {
    case 'make-mention':
      return `${phrase} made a mention`;
    case 'respan-mention':
      return `span changed to ${phrase}`;
    case 'remove-mention':
      return 'mention removed';
    case 'set-head':
      return operation.head === null ? `${phrase} has no head now` : `head of ${phrase} set`;
    case 'set-minimum':
      return operation.minimum === null
        ? `${phrase} has no minimum span now`
        : `minimum span of ${phrase} set`;
    case 'open-entity': {
      const phrases = operation.mentions.map((mention) => `“${textOf(mention)}”`).join(', ');
      const together = operation.antecedents.map(numberOf).join(' and ');
      return operation.antecedents.length === 0
        ? `${phrases}: new, entity ${numberOf(operation.entity)}`
        : `${phrases}: ${together} together, entity ${numberOf(operation.entity)}`;
    }
    case 'link':
      return `${phrase} linked to entity ${numberOf(operation.entity)}`;
    case 'unlink':
      return `${phrase} taken out of its entity`;
    case 'move-mention':
      return `${phrase} moved to entity ${numberOf(operation.to)}`;
    case 'merge-entities':
      return `merged into entity ${numberOf(operation.into)}`;
    case 'split-entity':
      return `${operation.mentions.length} split off as entity ${numberOf(operation.into)}`;
    case 'name-entity':
      return `entity ${numberOf(operation.entity)} ${operation.name === null ? 'has no name now' : `named ${operation.name}`}`;
    case 'set-type':
      return `entity ${numberOf(operation.entity)} ${operation.type === null ? 'has no type now' : `is of type ${operation.type}`}`;
    case 'set-antecedents':
      return operation.antecedents.length === 0
        ? `entity ${numberOf(operation.entity)} is one by itself`
        : `entity ${numberOf(operation.entity)} is ${operation.antecedents.map(numberOf).join(' and ')} together`;
    case 'mark-property':
      return `${phrase} describes ${operation.of.map((mention) => `“${textOf(mention)}”`).join(' and ')}`;
    case 'mark-non-referring':
      return `${phrase} refers to nothing`;
    case 'unmark':
      return `nothing is said of ${phrase} now`;
    case 'bridge':
      return `${phrase} bridged to entity ${numberOf(operation.to)}`;
    case 'unbridge':
      return `bridge of ${phrase} taken back`;
    case 'set-deixis':
      return operation.ranges === null
        ? `${phrase} points at no stretch of text now`
        : `${phrase} points at a stretch of text`;
  }
}
