-- CreateEnum
CREATE TYPE "BoardSetting" AS ENUM ('open', 'private', 'off');

-- CreateEnum
CREATE TYPE "AwardKind" AS ENUM ('coverage', 'handed-in', 'support', 'minority', 'explained');

-- AlterTable
ALTER TABLE "Project" ADD COLUMN "board" "BoardSetting" NOT NULL DEFAULT 'private';

-- AlterTable
ALTER TABLE "Member" ADD COLUMN "staysOff" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ScoringRule" (
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "note" TEXT,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ScoringRule_pkey" PRIMARY KEY ("projectId","version")
);

-- CreateTable
CREATE TABLE "Award" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "stage" "Stage" NOT NULL,
    "unitId" UUID,
    "kind" "AwardKind" NOT NULL,
    "points" INTEGER NOT NULL,
    "ruleVersion" INTEGER NOT NULL,
    "reason" JSONB NOT NULL,
    "earnedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Award_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "SectionScore" (
    "projectId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "finished" INTEGER NOT NULL,
    "validatorsFinished" INTEGER NOT NULL,
    "stage" "SectionStage" NOT NULL,
    "outcomesAt" TIMESTAMPTZ(3),

    CONSTRAINT "SectionScore_pkey" PRIMARY KEY ("projectId","sectionId")
);

-- CreateIndex
CREATE INDEX "SectionScore_projectId_taskId_idx" ON "SectionScore"("projectId", "taskId");

-- CreateIndex
CREATE INDEX "Award_projectId_sectionId_memberId_idx" ON "Award"("projectId", "sectionId", "memberId");

-- CreateIndex
CREATE INDEX "Award_projectId_memberId_idx" ON "Award"("projectId", "memberId");

-- AddForeignKey
ALTER TABLE "ScoringRule" ADD CONSTRAINT "ScoringRule_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Award" ADD CONSTRAINT "Award_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SectionScore" ADD CONSTRAINT "SectionScore_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the application does -----------------------------------------------------------------------

-- Points were earned by a version: it stays as it was.
CREATE TRIGGER scoring_rule_append_only BEFORE UPDATE OR DELETE ON "ScoringRule"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scoring_rule_no_truncate BEFORE TRUNCATE ON "ScoringRule"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One award a kind, stage and coder for each unit and for the section.
CREATE UNIQUE INDEX "Award_once_key" ON "Award"
  ("projectId", "sectionId", "memberId", "stage", "kind", "unitId") NULLS NOT DISTINCT;

-- Whoever has handed a section in may be shown what became of it once nobody works on it any more. What is changed
-- from then on is informed, also where the section is with its coders again for more judgements. Whoever has handed a
-- section in has judged all of it, so that only what supersedes can be a change.
CREATE FUNCTION mark_informed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."informed" := EXISTS (
    SELECT 1 FROM "Lease" l JOIN "UnitOutcome" o ON o."projectId" = l."projectId" AND o."unitId" = NEW."unitId"
    WHERE l."projectId" = NEW."projectId" AND l."sectionId" = NEW."sectionId" AND l."memberId" = NEW."coderId"
      AND l."finishedAt" IS NOT NULL);
  RETURN NEW;
END $$;
CREATE TRIGGER judgement_informed BEFORE INSERT ON "Judgement"
  FOR EACH ROW WHEN (NEW."supersedesId" IS NOT NULL AND NOT NEW."informed") EXECUTE FUNCTION mark_informed();
