-- Coders outside the project, known by a name: their answers come in files and take no place, lease or points.

CREATE TYPE "OutsideKind" AS ENUM ('human', 'machine');

CREATE TYPE "AnswerFileState" AS ENUM ('understood', 'committed', 'discarded', 'removed');

CREATE TABLE "OutsideCoder" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "OutsideKind" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OutsideCoder_pkey" PRIMARY KEY ("projectId","id")
);

CREATE TABLE "AnswerFile" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" BYTEA NOT NULL,
    "bytes" BIGINT NOT NULL,
    "kind" "OutsideKind" NOT NULL,
    "state" "AnswerFileState" NOT NULL DEFAULT 'understood',
    "format" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "staged" JSONB,
    "createdBy" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AnswerFile_pkey" PRIMARY KEY ("projectId","id")
);

CREATE TABLE "OutsideJudgement" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "answer" JSONB NOT NULL,
    "comment" TEXT,
    "givenAt" TEXT,
    "elapsedMs" INTEGER,
    "rating" DOUBLE PRECISION,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "OutsideJudgement_pkey" PRIMARY KEY ("projectId","id")
);

ALTER TABLE "AgreementSnapshot" ADD COLUMN "outsideRevision" INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX "OutsideCoder_projectId_kind_name_key" ON "OutsideCoder"("projectId", "kind", "name");
CREATE INDEX "AnswerFile_projectId_taskId_createdAt_idx" ON "AnswerFile"("projectId", "taskId", "createdAt");
CREATE INDEX "OutsideJudgement_projectId_unitId_idx" ON "OutsideJudgement"("projectId", "unitId");
CREATE INDEX "OutsideJudgement_projectId_taskId_id_idx" ON "OutsideJudgement"("projectId", "taskId", "id");
CREATE UNIQUE INDEX "OutsideJudgement_projectId_fileId_unitId_coderId_key" ON "OutsideJudgement"("projectId", "fileId", "unitId", "coderId");

ALTER TABLE "AnswerFile" ADD CONSTRAINT "AnswerFile_projectId_taskId_fkey" FOREIGN KEY ("projectId", "taskId") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OutsideJudgement" ADD CONSTRAINT "OutsideJudgement_projectId_fileId_fkey" FOREIGN KEY ("projectId", "fileId") REFERENCES "AnswerFile"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OutsideJudgement" ADD CONSTRAINT "OutsideJudgement_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OutsideJudgement" ADD CONSTRAINT "OutsideJudgement_projectId_coderId_fkey" FOREIGN KEY ("projectId", "coderId") REFERENCES "OutsideCoder"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The same file counts once in a task, however often it is brought.
CREATE UNIQUE INDEX "AnswerFile_committed_once_key" ON "AnswerFile" ("projectId", "taskId", "kind", "fileHash")
  WHERE "state" = 'committed';

CREATE TRIGGER outside_judgement_append_only BEFORE UPDATE OR DELETE ON "OutsideJudgement"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER outside_judgement_no_truncate BEFORE TRUNCATE ON "OutsideJudgement"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
