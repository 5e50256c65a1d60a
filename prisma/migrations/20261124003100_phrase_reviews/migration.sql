-- Phrases that were proposed for a document, while a person goes through them.

CREATE TYPE "PhraseReviewState" AS ENUM ('waiting', 'open', 'confirmed', 'failed');

CREATE TABLE "PhraseReview" (
    "projectId" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "itemVersion" INTEGER NOT NULL,
    "state" "PhraseReviewState" NOT NULL DEFAULT 'waiting',
    "rules" TEXT[],
    "chunker" TEXT NOT NULL DEFAULT '',
    "phrases" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "unreviewed" INTEGER,
    "createdBy" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedBy" UUID,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PhraseReview_pkey" PRIMARY KEY ("projectId", "itemId")
);

ALTER TABLE "PhraseReview" ADD CONSTRAINT "PhraseReview_projectId_itemId_fkey"
  FOREIGN KEY ("projectId", "itemId") REFERENCES "Item" ("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
