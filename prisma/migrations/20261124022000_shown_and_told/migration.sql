-- What a coder was shown of a unit, whichever task asks for it next; what is told of work that waits to be judged
-- again; and changes after a hand-in, by which points are derived anew.

-- Rows only tell of changes once they were made: of how many of a section the awards know.
ALTER TABLE "SectionScore" ADD COLUMN "changes" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "Judgement_changes_idx" ON "Judgement" ("projectId", "taskId", "sectionId") WHERE "supersedesId" IS NOT NULL;
CREATE INDEX "TrainingAnswer_projectId_unitId_coderId_idx" ON "TrainingAnswer" ("projectId", "unitId", "coderId");

-- Whether a coder was shown, in another task of the type on the collection, how others read a unit or what is right:
-- an explanation was opened, its readings were put before them in a conference, they contested what became of it, or they
-- were trained on its gold.
CREATE FUNCTION was_shown(p_project uuid, p_unit uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "Unit" n
    JOIN "Task" a ON a."projectId" = n."projectId" AND a."id" = n."taskId"
    JOIN "Task" t ON t."projectId" = a."projectId" AND t."collectionId" = a."collectionId" AND t."type" = a."type"
      AND t."id" <> a."id"
    JOIN "Unit" o ON o."projectId" = t."projectId" AND o."taskId" = t."id" AND o."itemId" = n."itemId" AND o."key" = n."key"
    WHERE n."projectId" = p_project AND n."id" = p_unit AND (
      EXISTS (SELECT 1 FROM "ExplanationShown" e WHERE e."projectId" = o."projectId" AND e."sectionId" = o."sectionId"
        AND e."memberId" = p_member)
      OR EXISTS (SELECT 1 FROM "ValidationLease" l JOIN "ShownReading" r ON r."projectId" = l."projectId"
          AND r."sectionId" = l."sectionId" AND r."unitId" = o."id"
        WHERE l."projectId" = o."projectId" AND l."sectionId" = o."sectionId" AND l."memberId" = p_member)
      OR EXISTS (SELECT 1 FROM "Contest" c WHERE c."projectId" = o."projectId" AND c."unitId" = o."id"
        AND c."coderId" = p_member)
      OR EXISTS (SELECT 1 FROM "TrainingAnswer" g WHERE g."projectId" = o."projectId" AND g."unitId" = o."id"
        AND g."coderId" = p_member)))
$$;

CREATE OR REPLACE FUNCTION mark_shown_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."informed" := was_shown(NEW."projectId", NEW."unitId", NEW."coderId");
  RETURN NEW;
END $$;

-- Whether a coder is to judge units of a section again, in any second look that is at work, and has not handed that in.
-- A look at a look counts as well, and so do two looks at the same units.
CREATE OR REPLACE FUNCTION waits_for_second_look(p_project uuid, p_section uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "Section" s
    JOIN "Task" f ON f."projectId" = s."projectId" AND f."id" = s."taskId"
    JOIN "Task" t ON t."projectId" = f."projectId" AND t."collectionId" = f."collectionId" AND t."type" = f."type"
      AND t."id" <> f."id" AND t."secondLookOf" IS NOT NULL AND t."state" IN ('open', 'paused')
    JOIN "Unit" o ON o."projectId" = s."projectId" AND o."sectionId" = s."id"
    JOIN "Unit" n ON n."projectId" = t."projectId" AND n."taskId" = t."id" AND n."itemId" = o."itemId" AND n."key" = o."key"
    JOIN "SectionCoder" k ON k."projectId" = n."projectId" AND k."sectionId" = n."sectionId" AND k."memberId" = p_member
    WHERE s."projectId" = p_project AND s."id" = p_section AND NOT EXISTS (
      SELECT 1 FROM "Lease" l WHERE l."projectId" = n."projectId" AND l."sectionId" = n."sectionId"
        AND l."memberId" = p_member AND l."state" = 'finished'))
$$;

-- Whether anybody is: then what the section brought stands on no board, where others would read it.
CREATE FUNCTION is_waited_for(p_project uuid, p_section uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "Section" s
    JOIN "Task" f ON f."projectId" = s."projectId" AND f."id" = s."taskId"
    JOIN "Task" t ON t."projectId" = f."projectId" AND t."collectionId" = f."collectionId" AND t."type" = f."type"
      AND t."id" <> f."id" AND t."secondLookOf" IS NOT NULL AND t."state" IN ('open', 'paused')
    JOIN "Unit" o ON o."projectId" = s."projectId" AND o."sectionId" = s."id"
    JOIN "Unit" n ON n."projectId" = t."projectId" AND n."taskId" = t."id" AND n."itemId" = o."itemId" AND n."key" = o."key"
    JOIN "SectionCoder" k ON k."projectId" = n."projectId" AND k."sectionId" = n."sectionId"
    WHERE s."projectId" = p_project AND s."id" = p_section AND NOT EXISTS (
      SELECT 1 FROM "Lease" l WHERE l."projectId" = n."projectId" AND l."sectionId" = n."sectionId"
        AND l."memberId" = k."memberId" AND l."state" = 'finished'))
$$;

-- Training that was passed is over: gold is told after every answer. Another time through is a manager's to allow.
CREATE TABLE "TrainingAllowance" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "allowedBy" UUID NOT NULL,
    "allowedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "TrainingAllowance_pkey" PRIMARY KEY ("projectId","taskId","coderId","round")
);
ALTER TABLE "TrainingAllowance" ADD CONSTRAINT "TrainingAllowance_task_fkey"
  FOREIGN KEY ("projectId", "taskId") REFERENCES "Task" ("projectId", "id");
ALTER TABLE "TrainingAllowance" ADD CONSTRAINT "TrainingAllowance_coder_fkey"
  FOREIGN KEY ("projectId", "coderId") REFERENCES "Member" ("projectId", "id");
CREATE TRIGGER training_allowance_append_only BEFORE UPDATE OR DELETE ON "TrainingAllowance"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER training_allowance_no_truncate BEFORE TRUNCATE ON "TrainingAllowance"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Times through that were begun after passing, before they needed leave, are seen to their end.
INSERT INTO "TrainingAllowance" ("projectId", "taskId", "coderId", "round", "allowedBy")
SELECT DISTINCT a."projectId", a."taskId", a."coderId", a."round", m."userId"
FROM "TrainingAnswer" a
JOIN "Member" m ON m."projectId" = a."projectId" AND m."id" = a."coderId"
WHERE EXISTS (SELECT 1 FROM "TrainingRound" r WHERE r."projectId" = a."projectId" AND r."taskId" = a."taskId"
    AND r."coderId" = a."coderId" AND r."passed" AND r."round" < a."round");
