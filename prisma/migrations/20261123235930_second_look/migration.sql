-- A task that looks again at units of an earlier one, by whom, and what they were shown in between.

-- AlterTable
ALTER TABLE "Task" ADD COLUMN "secondLookOf" UUID,
ADD COLUMN "secondLookRule" JSONB;

-- CreateTable
CREATE TABLE "SecondLookUnit" (
    "projectId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "unitId" UUID NOT NULL,

    CONSTRAINT "SecondLookUnit_pkey" PRIMARY KEY ("projectId","taskId","unitId")
);

-- CreateTable
CREATE TABLE "SectionCoder" (
    "projectId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,

    CONSTRAINT "SectionCoder_pkey" PRIMARY KEY ("projectId","sectionId","memberId")
);

-- CreateTable
CREATE TABLE "ExplanationShown" (
    "projectId" UUID NOT NULL,
    "sectionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "shownAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExplanationShown_pkey" PRIMARY KEY ("projectId","sectionId","memberId")
);

-- CreateIndex
CREATE INDEX "Task_projectId_secondLookOf_idx" ON "Task"("projectId", "secondLookOf");

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_projectId_secondLookOf_fkey" FOREIGN KEY ("projectId", "secondLookOf") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondLookUnit" ADD CONSTRAINT "SecondLookUnit_projectId_taskId_fkey" FOREIGN KEY ("projectId", "taskId") REFERENCES "Task"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondLookUnit" ADD CONSTRAINT "SecondLookUnit_projectId_unitId_fkey" FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SectionCoder" ADD CONSTRAINT "SectionCoder_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExplanationShown" ADD CONSTRAINT "ExplanationShown_projectId_sectionId_fkey" FOREIGN KEY ("projectId", "sectionId") REFERENCES "Section"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the application does -----------------------------------------------------------------------

ALTER TABLE "SectionCoder" ADD CONSTRAINT "SectionCoder_member_fkey"
  FOREIGN KEY ("projectId", "memberId") REFERENCES "Member" ("projectId", "id");
ALTER TABLE "ExplanationShown" ADD CONSTRAINT "ExplanationShown_member_fkey"
  FOREIGN KEY ("projectId", "memberId") REFERENCES "Member" ("projectId", "id");
ALTER TABLE "Task" ADD CONSTRAINT "Task_second_look_check" CHECK (
  ("secondLookOf" IS NULL) = ("secondLookRule" IS NULL) AND "secondLookOf" IS DISTINCT FROM "id");

-- What a task looks at again, and how that was chosen, is part of what its figures mean.
CREATE TRIGGER task_second_look_set_once BEFORE UPDATE ON "Task"
  FOR EACH ROW WHEN (OLD."secondLookOf" IS DISTINCT FROM NEW."secondLookOf"
    OR OLD."secondLookRule" IS DISTINCT FROM NEW."secondLookRule") EXECUTE FUNCTION refuse_change();
CREATE TRIGGER second_look_unit_append_only BEFORE UPDATE OR DELETE ON "SecondLookUnit"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER second_look_unit_no_truncate BEFORE TRUNCATE ON "SecondLookUnit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER explanation_shown_append_only BEFORE UPDATE OR DELETE ON "ExplanationShown"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER explanation_shown_no_truncate BEFORE TRUNCATE ON "ExplanationShown"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Up to now it was not noted who opened what they might: whoever might counts as shown.
INSERT INTO "ExplanationShown" ("projectId", "sectionId", "memberId")
SELECT l."projectId", l."sectionId", l."memberId"
FROM (
  SELECT "projectId", "sectionId", "memberId" FROM "Lease" WHERE "state" = 'finished'
  UNION
  SELECT "projectId", "sectionId", "memberId" FROM "ValidationLease" WHERE "state" = 'finished'
) l
JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId" AND s."stage" IN ('adjudication', 'closed');

-- Whoever was shown, in another task on the same collection, how others read a unit judges it again informed: an
-- explanation was opened, or its readings were put before them in a conference.
CREATE FUNCTION mark_shown_before() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_task record;
BEGIN
  SELECT t."collectionId", t."type", t."secondLookOf" INTO v_task FROM "Task" t
  WHERE t."projectId" = NEW."projectId" AND t."id" = NEW."taskId";
  IF v_task."secondLookOf" IS NULL THEN RETURN NEW; END IF;
  NEW."informed" := EXISTS (
    SELECT 1 FROM "Unit" n
    JOIN "Task" t ON t."projectId" = n."projectId" AND t."collectionId" = v_task."collectionId"
      AND t."type" = v_task."type" AND t."id" <> NEW."taskId"
    JOIN "Unit" o ON o."projectId" = t."projectId" AND o."taskId" = t."id" AND o."itemId" = n."itemId" AND o."key" = n."key"
    WHERE n."projectId" = NEW."projectId" AND n."id" = NEW."unitId" AND (
      EXISTS (SELECT 1 FROM "ExplanationShown" e WHERE e."projectId" = o."projectId" AND e."sectionId" = o."sectionId"
        AND e."memberId" = NEW."coderId")
      OR EXISTS (SELECT 1 FROM "ValidationLease" l JOIN "ShownReading" r ON r."projectId" = l."projectId"
          AND r."sectionId" = l."sectionId" AND r."unitId" = o."id"
        WHERE l."projectId" = o."projectId" AND l."sectionId" = o."sectionId" AND l."memberId" = NEW."coderId")));
  RETURN NEW;
END $$;
CREATE TRIGGER judgement_shown_before BEFORE INSERT ON "Judgement"
  FOR EACH ROW WHEN (NOT NEW."informed") EXECUTE FUNCTION mark_shown_before();

-- Whether a coder is to judge units of a section again, in a task that is at work, and has not handed that in: what
-- others read stays closed to them until then.
CREATE FUNCTION waits_for_second_look(p_project uuid, p_section uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "Unit" o
    JOIN "Task" t ON t."projectId" = o."projectId" AND t."secondLookOf" = o."taskId" AND t."state" IN ('open', 'paused')
    JOIN "Unit" n ON n."projectId" = t."projectId" AND n."taskId" = t."id" AND n."itemId" = o."itemId" AND n."key" = o."key"
    JOIN "SectionCoder" k ON k."projectId" = n."projectId" AND k."sectionId" = n."sectionId" AND k."memberId" = p_member
    WHERE o."projectId" = p_project AND o."sectionId" = p_section AND NOT EXISTS (
      SELECT 1 FROM "Lease" l WHERE l."projectId" = n."projectId" AND l."sectionId" = n."sectionId"
        AND l."memberId" = p_member AND l."state" = 'finished'))
$$;

-- Sections of a second look are kept for those who judged something of them before.
CREATE FUNCTION is_kept_for(p_project uuid, p_section uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM "SectionCoder" k
    WHERE k."projectId" = p_project AND k."sectionId" = p_section AND k."memberId" = p_member)
$$;

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
  SELECT t."state", t."namedOnly", t."planned", t."phase", t."trainingTaskId", t."secondLookOf" IS NOT NULL AS "again" INTO v_task FROM "Task" t WHERE t."projectId" = p_project AND t."id" = p_task;
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
    AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
  ORDER BY s."position" LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    -- Whatever else is free, waiting for rows that others are taking just now; what the coder gave back comes last.
    SELECT s."id", s."position" INTO v_section FROM "Section" s
    LEFT JOIN "Lease" l ON l."projectId" = s."projectId" AND l."sectionId" = s."id" AND l."memberId" = p_member
    WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."taken" < s."wanted"
      AND (l."id" IS NULL OR l."state" IN ('lapsed', 'returned'))
      AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
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
      AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
    ORDER BY e."expiresAt" LIMIT 1 FOR UPDATE OF s SKIP LOCKED;
    IF NOT FOUND THEN
      outcome := CASE WHEN EXISTS (
        SELECT 1 FROM "Section" s WHERE s."projectId" = p_project AND s."taskId" = p_task
          AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member)) AND NOT EXISTS (
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
