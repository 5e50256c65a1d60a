-- AlterTable
ALTER TABLE "AgreementSnapshot" ADD COLUMN     "weighing" JSONB;

-- CreateTable
CREATE TABLE "WeighedUnit" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "unitId" UUID NOT NULL,
    "exception" TEXT,
    "readings" JSONB NOT NULL,

    CONSTRAINT "WeighedUnit_pkey" PRIMARY KEY ("projectId","taskId","rank")
);
