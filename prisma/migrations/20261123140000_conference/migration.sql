-- Sections go on after annotation: readings are validated, what stays uncertain is adjudicated.

-- CreateEnum
CREATE TYPE "SectionStage" AS ENUM ('annotation', 'validation', 'adjudication', 'closed');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('agree', 'disagree', 'unsure');

-- CreateEnum
CREATE TYPE "OutcomeState" AS ENUM ('agreed', 'settled', 'disputed', 'unanswered');

-- AlterTable
ALTER TABLE "Section" ADD COLUMN     "stage" "SectionStage" NOT NULL DEFAULT 'annotation',
ADD COLUMN     "validatorsFinished" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "validatorsTaken" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "validatorsWanted" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ShownReading" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "judgementId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "ShownReading_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "ValidationLease" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "state" "LeaseState" NOT NULL DEFAULT 'active',
    "guidelineVersion" INTEGER,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ValidationLease_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Validation" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "shownReadingId" UUID NOT NULL,
    "coderId" UUID NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "ownJudgementId" UUID,
    "comment" TEXT,
    "submissionHash" BYTEA NOT NULL,
    "guidelineVersion" INTEGER,
    "coderRating" DOUBLE PRECISION,
    "elapsedMs" INTEGER NOT NULL,
    "extra" BOOLEAN NOT NULL,
    "supersedesId" UUID,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Validation_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "UnitOutcome" (
    "projectId" UUID NOT NULL,
    "unitId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "state" "OutcomeState" NOT NULL,
    "uncertainty" DOUBLE PRECISION NOT NULL,
    "readings" JSONB NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UnitOutcome_pkey" PRIMARY KEY ("projectId","unitId")
);

-- CreateIndex
CREATE UNIQUE INDEX "ShownReading_projectId_judgementId_round_key" ON "ShownReading"("projectId", "judgementId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "ShownReading_projectId_sectionId_round_position_key" ON "ShownReading"("projectId", "sectionId", "round", "position");

-- CreateIndex
CREATE INDEX "ValidationLease_projectId_taskId_memberId_idx" ON "ValidationLease"("projectId", "taskId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "ValidationLease_projectId_sectionId_memberId_key" ON "ValidationLease"("projectId", "sectionId", "memberId");

-- CreateIndex
CREATE INDEX "Validation_projectId_sectionId_coderId_idx" ON "Validation"("projectId", "sectionId", "coderId");

-- CreateIndex
CREATE INDEX "Validation_projectId_unitId_idx" ON "Validation"("projectId", "unitId");

-- CreateIndex
CREATE UNIQUE INDEX "Validation_projectId_submissionId_key" ON "Validation"("projectId", "submissionId");

-- CreateIndex
CREATE UNIQUE INDEX "Validation_projectId_supersedesId_key" ON "Validation"("projectId", "supersedesId");

-- CreateIndex
CREATE INDEX "UnitOutcome_projectId_taskId_state_uncertainty_idx" ON "UnitOutcome"("projectId", "taskId", "state", "uncertainty");

-- AddForeignKey
ALTER TABLE "ShownReading" ADD CONSTRAINT "ShownReading_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShownReading" ADD CONSTRAINT "ShownReading_projectId_judgementId_fkey" FOREIGN KEY ("projectId", "judgementId") REFERENCES "Judgement"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ValidationLease" ADD CONSTRAINT "ValidationLease_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Validation" ADD CONSTRAINT "Validation_projectId_shownReadingId_fkey" FOREIGN KEY ("projectId", "shownReadingId") REFERENCES "ShownReading"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitOutcome" ADD CONSTRAINT "UnitOutcome_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the application does -----------------------------------------------------------------------

CREATE TRIGGER validation_append_only BEFORE UPDATE OR DELETE ON "Validation"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER validation_no_truncate BEFORE TRUNCATE ON "Validation"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One line of validations for each reading shown and validator, as judgements have one for each unit and coder.
CREATE UNIQUE INDEX "Validation_first_key"
  ON "Validation" ("projectId", "shownReadingId", "coderId") WHERE "supersedesId" IS NULL;
ALTER TABLE "Validation" ADD CONSTRAINT "Validation_supersedes_fkey"
  FOREIGN KEY ("projectId", "supersedesId") REFERENCES "Validation" ("projectId", "id");
ALTER TABLE "Validation" ADD CONSTRAINT "Validation_own_fkey"
  FOREIGN KEY ("projectId", "ownJudgementId") REFERENCES "Judgement" ("projectId", "id");
ALTER TABLE "Validation" ADD CONSTRAINT "Validation_own_check"
  CHECK (("verdict" = 'disagree') = ("ownJudgementId" IS NOT NULL));
ALTER TABLE "Section" ADD CONSTRAINT "Section_validators_check" CHECK (
  "validatorsTaken" >= 0 AND "validatorsTaken" <= "validatorsWanted"
  AND "validatorsFinished" >= 0 AND "validatorsFinished" <= "validatorsTaken");
CREATE INDEX "Section_due_idx" ON "Section" ("projectId", "taskId") WHERE "stage" IN ('annotation', 'validation');

-- Gives a member a section to validate: the one in hand, else the first that wants validators and of which he has
-- annotated nothing. Locks a section before any of its leases.
CREATE FUNCTION claim_validation(
  p_project uuid, p_task uuid, p_member uuid, p_lease uuid, p_lease_seconds integer,
  OUT outcome text, OUT lease_id uuid
) LANGUAGE plpgsql AS $$
DECLARE
  v_task record;
  v_section record;
  v_lapsed integer;
BEGIN
  SELECT t."state", t."namedOnly" INTO v_task FROM "Task" t WHERE t."projectId" = p_project AND t."id" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  IF v_task."namedOnly" AND NOT EXISTS (
    SELECT 1 FROM "TaskCoder" c WHERE c."projectId" = p_project AND c."taskId" = p_task AND c."memberId" = p_member
  ) THEN outcome := 'unknown'; RETURN; END IF;
  IF v_task."state" NOT IN ('open', 'paused') THEN outcome := 'not-open'; RETURN; END IF;

  -- Several tabs of one coder take turns, so that the later ones find what the first was given.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_task::text || p_member::text, 1));

  UPDATE "ValidationLease" l SET "expiresAt" = now() + make_interval(secs => p_lease_seconds)
  WHERE l."projectId" = p_project AND l."id" = (
    SELECT h."id" FROM "ValidationLease" h
    WHERE h."projectId" = p_project AND h."taskId" = p_task AND h."memberId" = p_member AND h."state" = 'active'
    ORDER BY h."grantedAt" LIMIT 1
  ) AND l."state" = 'active'
  RETURNING l."id" INTO lease_id;
  IF FOUND THEN outcome := 'leased'; RETURN; END IF;
  IF v_task."state" <> 'open' THEN outcome := 'not-open'; RETURN; END IF;
  IF NOT EXISTS (
    SELECT 1 FROM "Member" m WHERE m."projectId" = p_project AND m."id" = p_member AND m."role" = 'annotator'
  ) THEN outcome := 'no-annotator'; RETURN; END IF;

  -- Places whose validators let them lapse are free again.
  FOR v_section IN
    SELECT s."id" FROM "Section" s
    WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."stage" = 'validation' AND EXISTS (
      SELECT 1 FROM "ValidationLease" e WHERE e."projectId" = p_project AND e."sectionId" = s."id"
        AND e."state" = 'active' AND e."expiresAt" < now())
    ORDER BY s."id" FOR UPDATE OF s SKIP LOCKED
  LOOP
    UPDATE "ValidationLease" l SET "state" = 'lapsed'
    WHERE l."projectId" = p_project AND l."sectionId" = v_section."id" AND l."state" = 'active' AND l."expiresAt" < now();
    GET DIAGNOSTICS v_lapsed = ROW_COUNT;
    UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" - v_lapsed
    WHERE s."projectId" = p_project AND s."id" = v_section."id";
  END LOOP;

  SELECT s."id", (SELECT max(r."round") FROM "ShownReading" r WHERE r."projectId" = p_project AND r."sectionId" = s."id") AS "round"
  INTO v_section FROM "Section" s
  WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."stage" = 'validation'
    AND s."validatorsTaken" < s."validatorsWanted"
    AND NOT EXISTS (
      SELECT 1 FROM "Judgement" j WHERE j."projectId" = p_project AND j."sectionId" = s."id" AND j."coderId" = p_member
        AND j."stage" = 'annotation')
    AND NOT EXISTS (
      SELECT 1 FROM "ValidationLease" o WHERE o."projectId" = p_project AND o."sectionId" = s."id" AND o."memberId" = p_member
        AND o."state" IN ('active', 'finished', 'reclaimed'))
  ORDER BY s."position" LIMIT 1 FOR UPDATE OF s;
  IF NOT FOUND THEN outcome := 'none-left'; RETURN; END IF;
  UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" + 1
  WHERE s."projectId" = p_project AND s."id" = v_section."id";
  INSERT INTO "ValidationLease" ("projectId", "id", "taskId", "sectionId", "memberId", "round", "expiresAt", "guidelineVersion")
  VALUES (p_project, p_lease, p_task, v_section."id", p_member, v_section."round",
    now() + make_interval(secs => p_lease_seconds),
    (SELECT max(g."version") FROM "Guideline" g WHERE g."projectId" = p_project))
  ON CONFLICT ("projectId", "sectionId", "memberId") DO UPDATE
    SET "state" = 'active', "expiresAt" = EXCLUDED."expiresAt", "round" = EXCLUDED."round",
      "guidelineVersion" = EXCLUDED."guidelineVersion"
  RETURNING "id" INTO lease_id;
  outcome := 'leased';
END $$;

-- Stores what a validator says of one reading, exactly once; with it, where there is one, the answer given instead.
CREATE FUNCTION submit_validation(
  p_session bytea, p_project uuid, p_task uuid, p_shown uuid, p_id uuid, p_submission uuid, p_hash bytea,
  p_verdict "Verdict", p_answer jsonb, p_own uuid, p_comment text, p_elapsed integer, p_supersedes uuid,
  p_points_at text[], p_lease_seconds integer,
  OUT outcome text, OUT validation_id uuid, OUT received_at timestamptz, OUT is_extra boolean, OUT head_submission uuid
) LANGUAGE plpgsql AS $$
DECLARE
  v_user uuid;
  v_member uuid;
  v_role "Role";
  v_shown record;
  v_lease record;
  v_previous uuid;
  v_own_head uuid;
  v_own uuid;
  v_place boolean;
BEGIN
  SELECT m.user_id, m.member_id, m.member_role INTO v_user, v_member, v_role FROM member_of_session(p_session, p_project) m;
  IF v_user IS NULL THEN outcome := 'unauthenticated'; RETURN; END IF;
  IF v_member IS NULL THEN outcome := 'unknown'; RETURN; END IF;

  SELECT r."sectionId", r."unitId", r."round", u."itemId", u."itemVersion", u."reading", t."contractVersion", t."state", s."stage"
  INTO v_shown
  FROM "ShownReading" r
  JOIN "Unit" u ON u."projectId" = r."projectId" AND u."id" = r."unitId"
  JOIN "Task" t ON t."projectId" = r."projectId" AND t."id" = r."taskId"
  JOIN "Section" s ON s."projectId" = r."projectId" AND s."id" = r."sectionId"
  WHERE r."projectId" = p_project AND r."id" = p_shown AND r."taskId" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;

  -- The section's row first: this, a stage that ends and a place that lapses take turns.
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_shown."sectionId" FOR UPDATE;
  SELECT l."id", l."state", l."round", l."guidelineVersion" INTO v_lease
  FROM "ValidationLease" l
  WHERE l."projectId" = p_project AND l."sectionId" = v_shown."sectionId" AND l."memberId" = v_member;
  -- Who holds no lease on the section may not learn that there is one.
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;

  -- The same again is told the same again, whatever has come to stand since.
  SELECT v."id", v."receivedAt", v."extra", CASE WHEN v."submissionHash" = p_hash AND v."coderId" = v_member THEN 'stored' ELSE 'reused' END
  INTO validation_id, received_at, is_extra, outcome
  FROM "Validation" v WHERE v."projectId" = p_project AND v."submissionId" = p_submission;
  IF FOUND THEN RETURN; END IF;

  SELECT v."id", v."submissionId" INTO v_previous, head_submission FROM "Validation" v
  WHERE v."projectId" = p_project AND v."shownReadingId" = p_shown AND v."coderId" = v_member
    AND NOT EXISTS (SELECT 1 FROM "Validation" n WHERE n."projectId" = p_project AND n."supersedesId" = v."id");
  IF head_submission IS DISTINCT FROM p_supersedes THEN
    outcome := CASE WHEN head_submission IS NULL THEN 'supersedes-unknown' ELSE 'superseded-already' END;
    RETURN;
  END IF;

  IF cardinality(p_points_at) > 0 AND (
    SELECT count(DISTINCT u."key") FROM "Unit" u
    WHERE u."projectId" = p_project AND u."taskId" = p_task AND u."itemId" = v_shown."itemId"
      AND u."key" = ANY (p_points_at) AND u."reading" < v_shown."reading"
  ) < cardinality(p_points_at) THEN
    outcome := 'points-ahead'; RETURN;
  END IF;

  SELECT j."id" INTO v_own_head FROM "Judgement" j
  WHERE j."projectId" = p_project AND j."unitId" = v_shown."unitId" AND j."coderId" = v_member AND j."stage" = 'validation'
    AND NOT EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = p_project AND n."supersedesId" = j."id");
  IF p_verdict = 'disagree' AND p_answer IS NULL AND v_own_head IS NULL THEN outcome := 'answer-needed'; RETURN; END IF;

  v_place := v_lease."state" IN ('active', 'finished') AND v_shown."stage" = 'validation' AND v_shown."state" IN ('open', 'paused');
  IF v_place AND v_lease."state" = 'active' THEN
    UPDATE "ValidationLease" l SET "expiresAt" = now() + make_interval(secs => p_lease_seconds)
    WHERE l."projectId" = p_project AND l."id" = v_lease."id";
  ELSIF v_lease."state" IN ('lapsed', 'returned') AND v_shown."stage" = 'validation' AND v_shown."state" IN ('open', 'paused') THEN
    UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" + 1
    WHERE s."projectId" = p_project AND s."id" = v_shown."sectionId" AND s."validatorsTaken" < s."validatorsWanted";
    v_place := FOUND;
    IF v_place THEN
      UPDATE "ValidationLease" l SET "state" = 'active', "expiresAt" = now() + make_interval(secs => p_lease_seconds)
      WHERE l."projectId" = p_project AND l."id" = v_lease."id";
    END IF;
  END IF;

  v_own := v_own_head;
  IF p_verdict = 'disagree' AND p_answer IS NOT NULL THEN
    INSERT INTO "Judgement" (
      "projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "stage", "act", "answer",
      "submissionHash", "contractVersion", "itemVersion", "guidelineVersion", "elapsedMs", "informed", "extra", "supersedesId"
    ) VALUES (
      p_project, p_own, p_submission, p_task, v_shown."sectionId", v_shown."unitId", v_member, 'validation', 'answer', p_answer,
      p_hash, v_shown."contractVersion", v_shown."itemVersion", v_lease."guidelineVersion", p_elapsed, true, NOT v_place, v_own_head
    ) RETURNING "id" INTO v_own;
  END IF;
  INSERT INTO "Validation" (
    "projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "shownReadingId", "coderId", "verdict",
    "ownJudgementId", "comment", "submissionHash", "guidelineVersion", "elapsedMs", "extra", "supersedesId"
  ) VALUES (
    p_project, p_id, p_submission, p_task, v_shown."sectionId", v_shown."unitId", p_shown, v_member, p_verdict,
    CASE WHEN p_verdict = 'disagree' THEN v_own END, p_comment, p_hash, v_lease."guidelineVersion", p_elapsed, NOT v_place, v_previous
  ) RETURNING "id", "receivedAt", "extra" INTO validation_id, received_at, is_extra;
  outcome := 'stored';
END $$;

-- Hands a section in, once every reading shown to this validator has a verdict.
CREATE FUNCTION finish_validation(p_project uuid, p_member uuid, p_lease uuid, OUT outcome text, OUT task_id uuid)
LANGUAGE plpgsql AS $$
DECLARE
  v_lease record;
BEGIN
  SELECT l."sectionId", l."taskId", l."round" INTO v_lease FROM "ValidationLease" l
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."memberId" = p_member;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  task_id := v_lease."taskId";
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_lease."sectionId" FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM "ShownReading" r
    WHERE r."projectId" = p_project AND r."sectionId" = v_lease."sectionId" AND r."round" = v_lease."round"
      AND NOT EXISTS (SELECT 1 FROM "Validation" v WHERE v."projectId" = p_project AND v."shownReadingId" = r."id"
        AND v."coderId" = p_member)
  ) THEN outcome := 'unfinished'; RETURN; END IF;
  UPDATE "ValidationLease" l SET "state" = 'finished', "finishedAt" = now()
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."state" = 'active';
  IF FOUND THEN
    UPDATE "Section" s SET "validatorsFinished" = s."validatorsFinished" + 1
    WHERE s."projectId" = p_project AND s."id" = v_lease."sectionId";
  END IF;
  outcome := 'finished';
END $$;

-- Gives a section back; what was said in it stays.
CREATE FUNCTION return_validation(p_project uuid, p_member uuid, p_lease uuid, OUT known boolean) LANGUAGE plpgsql AS $$
DECLARE
  v_section uuid;
BEGIN
  SELECT l."sectionId" INTO v_section FROM "ValidationLease" l
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."memberId" = p_member;
  known := FOUND;
  IF NOT known THEN RETURN; END IF;
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_section FOR UPDATE;
  UPDATE "ValidationLease" l SET "state" = 'returned'
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."state" = 'active';
  IF FOUND THEN
    UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" - 1 WHERE s."projectId" = p_project AND s."id" = v_section;
  END IF;
END $$;
