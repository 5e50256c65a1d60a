import type { Annotation } from '../document-editor/annotation.ts';

/** What a pass says of a phrase beside whom it names. */
export interface Described {
  /** A token. */
  readonly head: number | null;
  readonly bridges: readonly {
    /** The phrases of the entity that it leads to, as the side knows them. */
    readonly to: readonly string[];
    readonly relation: string | null;
  }[];
  /** Of the entity that it names. */
  readonly name: string | null;
  readonly type: string | null;
}

/** Everything of the kind in an annotation, by phrase; `keyOf` is how the side calls a mention. */
export function describedIn(
  { mentions, entities }: Annotation,
  keyOf: (mention: string) => string,
): ReadonlyMap<string, Described> {
  return new Map(
    Array.from(mentions.values(), ({ id, head, bridges, standing }) => {
      const entity = standing.kind === 'entity' ? entities.get(standing.entity) : undefined;
      return [
        keyOf(id),
        {
          head,
          bridges: bridges.map(({ to, relation }) => ({
            to: (entities.get(to)?.mentions ?? []).map(keyOf),
            relation,
          })),
          name: entity?.name ?? null,
          type: entity?.type ?? null,
        },
      ] as const;
    }),
  );
}
