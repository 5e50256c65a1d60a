-- A time through training asks a few units, drawn from all that have gold, instead of the whole first section.

-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "trainingLength" INTEGER NOT NULL DEFAULT 12;
ALTER TABLE "Task" ADD CONSTRAINT "Task_training_length_check" CHECK ("trainingLength" BETWEEN 5 AND 50);

-- CreateTable
CREATE TABLE "TrainingDraw" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "unitIds" UUID[],
    "seed" BIGINT,
    "drawnAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TrainingDraw_pkey" PRIMARY KEY ("projectId","taskId","coderId","round")
);

CREATE TRIGGER training_draw_append_only BEFORE UPDATE OR DELETE ON "TrainingDraw"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER training_draw_no_truncate BEFORE TRUNCATE ON "TrainingDraw"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever is in the middle of training is asked to the end what was asked so far: the whole first section.
INSERT INTO "TrainingDraw" ("projectId", "taskId", "coderId", "round", "unitIds")
SELECT a."projectId", a."taskId", a."coderId", a."round", ARRAY(
  SELECT u."id" FROM "Section" s
  JOIN "Unit" u ON u."projectId" = s."projectId" AND u."sectionId" = s."id"
  JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
  JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
  WHERE s."projectId" = a."projectId" AND s."taskId" = a."taskId" AND s."position" = 0
  ORDER BY i."position", u."reading")
FROM (SELECT DISTINCT "projectId", "taskId", "coderId", "round" FROM "TrainingAnswer") a
WHERE NOT EXISTS (SELECT 1 FROM "TrainingRound" r WHERE r."projectId" = a."projectId" AND r."taskId" = a."taskId"
  AND r."coderId" = a."coderId" AND r."round" = a."round");
