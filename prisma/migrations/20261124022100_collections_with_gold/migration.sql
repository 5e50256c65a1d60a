-- Whether a version of an item brings what task types could take for right: chains, links of a property or of several
-- antecedents, phrases that refer to nothing; or a pair's published score. Kept with it, since documents are large.
ALTER TABLE "ItemVersion" ADD COLUMN "bringsGold" BOOLEAN GENERATED ALWAYS AS (
  "content" @? '$.document.chains[*]'
  OR "content" @? '$.document.mentions[*].attributes ? (@.reference == "non-referring")'
  OR "content" @? '$.document.links[*] ? (@.kind == "split-antecedent" || @.kind == "property" || @.relation == "property")'
  OR "content" @? '$.pair.gold ? (@ != null)'
) STORED;
