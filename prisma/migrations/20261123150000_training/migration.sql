-- Coders are trained on gold before they take sections, and meet hidden gold while they work.

-- AlterEnum
ALTER TYPE "TaskPhase" ADD VALUE 'training';

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "passMark" DOUBLE PRECISION NOT NULL DEFAULT 0.7;

-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "hiddenGoldRate" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "trainingTaskId" UUID;

-- AlterTable
ALTER TABLE "Gold" ADD COLUMN     "explanation" TEXT;

-- CreateTable
CREATE TABLE "TrainingAnswer" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "answer" JSONB NOT NULL,
    "right" BOOLEAN NOT NULL,
    "elapsedMs" INTEGER NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "TrainingAnswer_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "TrainingRound" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    "passMark" DOUBLE PRECISION NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TrainingRound_pkey" PRIMARY KEY ("projectId","taskId","coderId","round")
);

-- CreateTable
CREATE TABLE "CoderRating" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "asked" INTEGER NOT NULL,
    "right" INTEGER NOT NULL,

    CONSTRAINT "CoderRating_pkey" PRIMARY KEY ("projectId","taskId","coderId")
);

-- CreateIndex
CREATE UNIQUE INDEX "TrainingAnswer_projectId_submissionId_key" ON "TrainingAnswer"("projectId", "submissionId");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingAnswer_projectId_taskId_coderId_round_unitId_key" ON "TrainingAnswer"("projectId", "taskId", "coderId", "round", "unitId");

-- AddForeignKey
ALTER TABLE "TrainingAnswer" ADD CONSTRAINT "TrainingAnswer_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the application does -----------------------------------------------------------------------

CREATE TRIGGER training_answer_append_only BEFORE UPDATE OR DELETE ON "TrainingAnswer"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER training_answer_no_truncate BEFORE TRUNCATE ON "TrainingAnswer"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "Project" ADD CONSTRAINT "Project_pass_mark_check" CHECK ("passMark" >= 0 AND "passMark" <= 1);
ALTER TABLE "Task" ADD CONSTRAINT "Task_hidden_gold_check" CHECK ("hiddenGoldRate" >= 0 AND "hiddenGoldRate" <= 1);
ALTER TABLE "Task" ADD CONSTRAINT "Task_training_fkey"
  FOREIGN KEY ("projectId", "trainingTaskId") REFERENCES "Task" ("projectId", "id");
ALTER TABLE "CoderRating" ADD CONSTRAINT "CoderRating_check" CHECK ("asked" > 0 AND "right" BETWEEN 0 AND "asked");

-- Gives a member the section in hand, else the next free one, else one whose coder let it lapse; after training,
-- where the task asks for it.
-- Locks a section before any of its leases, as everything does that touches both.
CREATE OR REPLACE FUNCTION claim_section(
  p_project uuid, p_task uuid, p_member uuid, p_lease uuid, p_lease_seconds integer,
  OUT outcome text, OUT lease_id uuid
) LANGUAGE plpgsql AS $$
DECLARE
  v_task record;
  v_after integer;
  v_section record;
  v_lapsed uuid;
  v_guideline integer;
  v_deadline timestamptz;
BEGIN
  SELECT t."state", t."namedOnly", t."planned", t."phase", t."trainingTaskId" INTO v_task FROM "Task" t WHERE t."projectId" = p_project AND t."id" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  IF v_task."state" NOT IN ('open', 'paused') OR NOT v_task."planned" OR v_task."phase" = 'training' THEN outcome := 'not-open'; RETURN; END IF;
  SELECT c."deadline" INTO v_deadline FROM "TaskCoder" c
  WHERE c."projectId" = p_project AND c."taskId" = p_task AND c."memberId" = p_member;
  IF v_task."namedOnly" AND NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  SELECT max(g."version") INTO v_guideline FROM "Guideline" g WHERE g."projectId" = p_project;

  -- Several tabs of one coder take turns, so that the later ones find what the first was given.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_task::text || p_member::text, 0));

  UPDATE "Lease" l SET "expiresAt" = now() + make_interval(secs => p_lease_seconds)
  WHERE l."projectId" = p_project AND l."id" = (
    SELECT h."id" FROM "Lease" h
    WHERE h."projectId" = p_project AND h."taskId" = p_task AND h."memberId" = p_member AND h."state" = 'active'
    ORDER BY h."position" LIMIT 1
  ) AND l."state" = 'active'
  RETURNING l."id" INTO lease_id;
  IF FOUND THEN outcome := 'leased'; RETURN; END IF;

  -- While a task is paused, what is in hand may be finished.
  IF v_task."state" <> 'open' THEN outcome := 'not-open'; RETURN; END IF;
  -- Whoever can see what others answered takes no place from those who can't.
  IF NOT EXISTS (
    SELECT 1 FROM "Member" m WHERE m."projectId" = p_project AND m."id" = p_member AND m."role" = 'annotator'
  ) THEN outcome := 'no-annotator'; RETURN; END IF;
  IF v_task."trainingTaskId" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "TrainingRound" r WHERE r."projectId" = p_project AND r."taskId" = v_task."trainingTaskId"
      AND r."coderId" = p_member AND r."passed"
  ) THEN outcome := 'training-needed'; RETURN; END IF;

  SELECT coalesce(max(l."position"), -1) INTO v_after FROM "Lease" l
  WHERE l."projectId" = p_project AND l."taskId" = p_task AND l."memberId" = p_member;

  -- Onwards from the furthest section this coder has had.
  SELECT s."id", s."position" INTO v_section FROM "Section" s
  WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."taken" < s."wanted" AND s."position" > v_after
  ORDER BY s."position" LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    -- Whatever else is free, waiting for rows that others are taking just now; what the coder gave back comes last.
    SELECT s."id", s."position" INTO v_section FROM "Section" s
    LEFT JOIN "Lease" l ON l."projectId" = s."projectId" AND l."sectionId" = s."id" AND l."memberId" = p_member
    WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."taken" < s."wanted"
      AND (l."id" IS NULL OR l."state" IN ('lapsed', 'returned'))
    ORDER BY (l."state" IS NOT DISTINCT FROM 'returned'), s."position" LIMIT 1 FOR UPDATE OF s;
  END IF;
  IF FOUND THEN
    UPDATE "Section" s SET "taken" = s."taken" + 1 WHERE s."projectId" = p_project AND s."id" = v_section."id";
  ELSE
    SELECT s."id", s."position" INTO v_section
    FROM "Lease" e JOIN "Section" s ON s."projectId" = e."projectId" AND s."id" = e."sectionId"
    WHERE e."projectId" = p_project AND e."taskId" = p_task AND e."state" = 'active' AND e."expiresAt" < now()
      AND e."memberId" <> p_member
      AND NOT EXISTS (
        SELECT 1 FROM "Lease" o WHERE o."projectId" = p_project AND o."sectionId" = s."id" AND o."memberId" = p_member
          AND o."state" IN ('active', 'finished', 'reclaimed'))
    ORDER BY e."expiresAt" LIMIT 1 FOR UPDATE OF s SKIP LOCKED;
    IF NOT FOUND THEN
      outcome := CASE WHEN EXISTS (
        SELECT 1 FROM "Section" s WHERE s."projectId" = p_project AND s."taskId" = p_task AND NOT EXISTS (
          SELECT 1 FROM "Lease" l WHERE l."projectId" = p_project AND l."sectionId" = s."id" AND l."memberId" = p_member
            AND l."state" = 'finished')
      ) THEN 'all-taken' ELSE 'all-done' END;
      RETURN;
    END IF;
    -- Its coder may have come back since; then the place is his and the claim is tried again by the caller.
    UPDATE "Lease" l SET "state" = 'lapsed'
    WHERE l."projectId" = p_project AND l."id" = (
      SELECT e."id" FROM "Lease" e WHERE e."projectId" = p_project AND e."sectionId" = v_section."id"
        AND e."state" = 'active' AND e."expiresAt" < now() AND e."memberId" <> p_member
      ORDER BY e."expiresAt" LIMIT 1
    ) AND l."state" = 'active' AND l."expiresAt" < now()
    RETURNING l."id" INTO v_lapsed;
    IF v_lapsed IS NULL THEN outcome := 'again'; RETURN; END IF;
  END IF;

  INSERT INTO "Lease" ("projectId", "id", "taskId", "sectionId", "position", "memberId", "expiresAt", "deadline", "guidelineVersion")
  VALUES (p_project, p_lease, p_task, v_section."id", v_section."position", p_member,
    now() + make_interval(secs => p_lease_seconds), v_deadline, v_guideline)
  ON CONFLICT ("projectId", "sectionId", "memberId") DO UPDATE
    SET "state" = 'active', "expiresAt" = EXCLUDED."expiresAt", "guidelineVersion" = EXCLUDED."guidelineVersion"
    WHERE "Lease"."state" IN ('lapsed', 'returned')
  RETURNING "id" INTO lease_id;
  IF NOT FOUND THEN
    -- Another tab of the same coder was faster; the place taken above is undone with this statement.
    RAISE EXCEPTION 'claimed twice' USING ERRCODE = 'serialization_failure';
  END IF;
  outcome := 'leased';
END $$;
