-- AlterTable
ALTER TABLE "UnitOutcome" ADD COLUMN "kept" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What was decided before this column came: the readings that say the very same. Whatever is decided on the document
-- from now on derives them as new decisions do, by what answers come to. The time is new, so that they are scored.
UPDATE "UnitOutcome" o SET "computedAt" = clock_timestamp(), "kept" = ARRAY(
  SELECT r."reading" ->> 'key' FROM jsonb_array_elements(o."readings") WITH ORDINALITY AS r("reading", "place")
  WHERE EXISTS (SELECT 1 FROM "Adjudication" d, jsonb_array_elements(d."answers") AS k("answer")
    WHERE d."projectId" = o."projectId" AND d."id" = o."adjudicationId" AND k."answer" -> 'answer' = r."reading" -> 'answer')
  ORDER BY r."place")
WHERE o."adjudicationId" IS NOT NULL;
