-- What stays uncertain is decided by an adjudicator; coders may contest what became of a unit.

-- CreateEnum
CREATE TYPE "AdjudicationKind" AS ENUM ('decide', 'keep-several', 'send-back', 'reopen');

-- AlterTable
ALTER TABLE "UnitOutcome" ADD COLUMN     "adjudicationId" UUID;

-- CreateTable
CREATE TABLE "Adjudication" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "kind" "AdjudicationKind" NOT NULL,
    "answers" JSONB NOT NULL,
    "reason" TEXT,
    "userId" UUID NOT NULL,
    "asGold" BOOLEAN NOT NULL DEFAULT false,
    "goldBefore" JSONB,
    "supersedesId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Adjudication_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Contest" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Contest_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateIndex
CREATE INDEX "Adjudication_projectId_unitId_idx" ON "Adjudication"("projectId", "unitId");

-- CreateIndex
CREATE UNIQUE INDEX "Adjudication_projectId_supersedesId_key" ON "Adjudication"("projectId", "supersedesId");

-- CreateIndex
CREATE INDEX "Contest_projectId_unitId_idx" ON "Contest"("projectId", "unitId");

-- CreateIndex
CREATE INDEX "Contest_projectId_coderId_idx" ON "Contest"("projectId", "coderId");

-- AddForeignKey
ALTER TABLE "Adjudication" ADD CONSTRAINT "Adjudication_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contest" ADD CONSTRAINT "Contest_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the application does -----------------------------------------------------------------------

CREATE TRIGGER adjudication_append_only BEFORE UPDATE OR DELETE ON "Adjudication"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER adjudication_no_truncate BEFORE TRUNCATE ON "Adjudication"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contest_append_only BEFORE UPDATE OR DELETE ON "Contest"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contest_no_truncate BEFORE TRUNCATE ON "Contest"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One line of adjudications for each unit: it begins once, and each later one supersedes exactly one before it.
CREATE UNIQUE INDEX "Adjudication_first_key" ON "Adjudication" ("projectId", "unitId") WHERE "supersedesId" IS NULL;
ALTER TABLE "Adjudication" ADD CONSTRAINT "Adjudication_supersedes_fkey"
  FOREIGN KEY ("projectId", "supersedesId") REFERENCES "Adjudication" ("projectId", "id");
ALTER TABLE "UnitOutcome" ADD CONSTRAINT "UnitOutcome_adjudication_fkey"
  FOREIGN KEY ("projectId", "adjudicationId") REFERENCES "Adjudication" ("projectId", "id");
ALTER TABLE "Adjudication" ADD CONSTRAINT "Adjudication_answers_check" CHECK (
  CASE "kind"
    WHEN 'decide' THEN jsonb_array_length("answers") = 1
    WHEN 'keep-several' THEN jsonb_array_length("answers") > 1 AND NOT "asGold"
    ELSE jsonb_array_length("answers") = 0 AND NOT "asGold" END);
ALTER TABLE "Adjudication" ADD CONSTRAINT "Adjudication_reopen_check" CHECK ("kind" <> 'reopen' OR "supersedesId" IS NOT NULL);
