-- CreateEnum
CREATE TYPE "Role" AS ENUM ('annotator', 'manager', 'researcher');

-- CreateEnum
CREATE TYPE "CollectionKind" AS ENUM ('documents', 'word-pairs');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('reading', 'understood', 'committing', 'committed', 'discarded', 'failed');

-- CreateEnum
CREATE TYPE "TaskPhase" AS ENUM ('pilot', 'production');

-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('draft', 'open', 'paused', 'closed', 'archived');

-- CreateEnum
CREATE TYPE "SectionOrder" AS ENUM ('reading', 'shuffled');

-- CreateEnum
CREATE TYPE "LeaseState" AS ENUM ('active', 'finished', 'returned', 'lapsed', 'reclaimed');

-- CreateEnum
CREATE TYPE "ActKind" AS ENUM ('answer', 'skip', 'withdrawal');

-- CreateEnum
CREATE TYPE "Stage" AS ENUM ('annotation', 'validation');

-- CreateEnum
CREATE TYPE "TokenScope" AS ENUM ('read', 'write');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "secretHash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("secretHash")
);

-- CreateTable
CREATE TABLE "PasswordReset" (
    "secretHash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("secretHash")
);

-- CreateTable
CREATE TABLE "InstanceSetup" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "secretHash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "InstanceSetup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InvitationSecret" (
    "secretHash" BYTEA NOT NULL,
    "projectId" UUID NOT NULL,
    "invitationId" UUID NOT NULL,

    CONSTRAINT "InvitationSecret_pkey" PRIMARY KEY ("secretHash")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "secretHash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "scope" "TokenScope" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "window" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key","window")
);

-- CreateTable
CREATE TABLE "InstanceAudit" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subject" JSONB NOT NULL,

    CONSTRAINT "InstanceAudit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "Member" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "createdBy" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Guideline" (
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "markdown" TEXT NOT NULL,
    "note" TEXT,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Guideline_pkey" PRIMARY KEY ("projectId","version")
);

-- CreateTable
CREATE TABLE "Collection" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "CollectionKind" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Collection_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Item" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "collectionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "summary" TEXT NOT NULL,

    CONSTRAINT "Item_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "ItemVersion" (
    "projectId" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "contentHash" BYTEA NOT NULL,
    "importId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ItemVersion_pkey" PRIMARY KEY ("projectId","itemId","version")
);

-- CreateTable
CREATE TABLE "Import" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "collectionId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" BYTEA,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "state" "ImportState" NOT NULL DEFAULT 'reading',
    "format" TEXT,
    "counts" JSONB NOT NULL,
    "preview" JSONB NOT NULL,
    "remarks" JSONB NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "failure" TEXT,
    "createdBy" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Import_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "StagedItem" (
    "projectId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "contentHash" BYTEA NOT NULL,

    CONSTRAINT "StagedItem_pkey" PRIMARY KEY ("projectId","importId","position")
);

-- CreateTable
CREATE TABLE "ImportRefusal" (
    "projectId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "expected" TEXT NOT NULL,

    CONSTRAINT "ImportRefusal_pkey" PRIMARY KEY ("projectId","importId","position")
);

-- CreateTable
CREATE TABLE "Task" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "collectionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "contractVersion" INTEGER NOT NULL,
    "phase" "TaskPhase" NOT NULL,
    "state" "TaskState" NOT NULL DEFAULT 'draft',
    "wanted" INTEGER NOT NULL,
    "order" "SectionOrder" NOT NULL,
    "seed" BIGINT NOT NULL,
    "namedOnly" BOOLEAN NOT NULL,
    "protocol" JSONB NOT NULL,
    "planned" BOOLEAN NOT NULL DEFAULT false,
    "planFailure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "TaskCoder" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "deadline" TIMESTAMPTZ(3),

    CONSTRAINT "TaskCoder_pkey" PRIMARY KEY ("projectId","taskId","memberId")
);

-- CreateTable
CREATE TABLE "Section" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "finished" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Section_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Unit" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "itemId" UUID NOT NULL,
    "itemVersion" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "reading" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "Unit_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Gold" (
    "projectId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "answer" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Gold_pkey" PRIMARY KEY ("projectId","unitId")
);

-- CreateTable
CREATE TABLE "Lease" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "memberId" UUID NOT NULL,
    "state" "LeaseState" NOT NULL DEFAULT 'active',
    "guidelineVersion" INTEGER,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3),
    "givenBy" UUID,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Judgement" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "occasion" INTEGER NOT NULL DEFAULT 0,
    "stage" "Stage" NOT NULL DEFAULT 'annotation',
    "act" "ActKind" NOT NULL,
    "answer" JSONB,
    "skipReason" TEXT,
    "comment" TEXT,
    "submissionHash" BYTEA NOT NULL,
    "contractVersion" INTEGER NOT NULL,
    "itemVersion" INTEGER NOT NULL,
    "guidelineVersion" INTEGER,
    "coderRating" DOUBLE PRECISION,
    "elapsedMs" INTEGER NOT NULL,
    "informed" BOOLEAN NOT NULL DEFAULT false,
    "extra" BOOLEAN NOT NULL,
    "supersedesId" UUID,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Judgement_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "AgreementSnapshot" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "judgements" INTEGER NOT NULL,
    "upTo" UUID,
    "seed" BIGINT NOT NULL,
    "resamples" INTEGER NOT NULL,
    "views" JSONB NOT NULL,
    "disagreements" INTEGER NOT NULL,

    CONSTRAINT "AgreementSnapshot_pkey" PRIMARY KEY ("projectId","taskId")
);

-- CreateTable
CREATE TABLE "Disagreement" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "unitId" UUID NOT NULL,
    "disagreement" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Disagreement_pkey" PRIMARY KEY ("projectId","taskId","rank")
);

-- CreateTable
CREATE TABLE "Audit" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subject" JSONB NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "PasswordReset_userId_idx" ON "PasswordReset"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "InvitationSecret_projectId_invitationId_key" ON "InvitationSecret"("projectId", "invitationId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_secretHash_key" ON "ApiToken"("secretHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_projectId_idx" ON "ApiToken"("userId", "projectId");

-- CreateIndex
CREATE INDEX "RateLimit_window_idx" ON "RateLimit"("window");

-- CreateIndex
CREATE INDEX "InstanceAudit_at_idx" ON "InstanceAudit"("at");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_projectId_userId_key" ON "Member"("projectId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Item_projectId_collectionId_key_key" ON "Item"("projectId", "collectionId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Item_projectId_collectionId_position_key" ON "Item"("projectId", "collectionId", "position");

-- CreateIndex
CREATE INDEX "Import_projectId_collectionId_createdAt_idx" ON "Import"("projectId", "collectionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Section_projectId_taskId_position_key" ON "Section"("projectId", "taskId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Unit_projectId_sectionId_position_key" ON "Unit"("projectId", "sectionId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Unit_projectId_taskId_itemId_key_key" ON "Unit"("projectId", "taskId", "itemId", "key");

-- CreateIndex
CREATE INDEX "Lease_projectId_taskId_memberId_position_idx" ON "Lease"("projectId", "taskId", "memberId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Lease_projectId_sectionId_memberId_key" ON "Lease"("projectId", "sectionId", "memberId");

-- CreateIndex
CREATE INDEX "Judgement_projectId_sectionId_coderId_idx" ON "Judgement"("projectId", "sectionId", "coderId");

-- CreateIndex
CREATE INDEX "Judgement_projectId_unitId_idx" ON "Judgement"("projectId", "unitId");

-- CreateIndex
CREATE INDEX "Judgement_projectId_taskId_id_idx" ON "Judgement"("projectId", "taskId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Judgement_projectId_submissionId_key" ON "Judgement"("projectId", "submissionId");

-- CreateIndex
CREATE UNIQUE INDEX "Judgement_projectId_supersedesId_key" ON "Judgement"("projectId", "supersedesId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Guideline" ADD CONSTRAINT "Guideline_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Collection" ADD CONSTRAINT "Collection_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Item" ADD CONSTRAINT "Item_projectId_collectionId_fkey" FOREIGN KEY ("projectId", "collectionId") REFERENCES "Collection"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ItemVersion" ADD CONSTRAINT "ItemVersion_projectId_itemId_fkey" FOREIGN KEY ("projectId", "itemId") REFERENCES "Item"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_projectId_collectionId_fkey" FOREIGN KEY ("projectId", "collectionId") REFERENCES "Collection"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StagedItem" ADD CONSTRAINT "StagedItem_projectId_importId_fkey" FOREIGN KEY ("projectId", "importId") REFERENCES "Import"("projectId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportRefusal" ADD CONSTRAINT "ImportRefusal_projectId_importId_fkey" FOREIGN KEY ("projectId", "importId") REFERENCES "Import"("projectId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_projectId_collectionId_fkey" FOREIGN KEY ("projectId", "collectionId") REFERENCES "Collection"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskCoder" ADD CONSTRAINT "TaskCoder_projectId_taskId_fkey" FOREIGN KEY ("projectId", "taskId") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Section" ADD CONSTRAINT "Section_projectId_taskId_fkey" FOREIGN KEY ("projectId", "taskId") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Unit" ADD CONSTRAINT "Unit_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gold" ADD CONSTRAINT "Gold_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lease" ADD CONSTRAINT "Lease_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementSnapshot" ADD CONSTRAINT "AgreementSnapshot_projectId_taskId_fkey" FOREIGN KEY ("projectId", "taskId") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
