-- Whoever claims a place while another frees it is given it, and is not told that none is left.

CREATE OR REPLACE FUNCTION claim_validation(
  p_project uuid, p_task uuid, p_member uuid, p_lease uuid, p_lease_seconds integer,
  OUT outcome text, OUT lease_id uuid
) LANGUAGE plpgsql AS $$
DECLARE
  v_task record;
  v_section record;
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

  IF NOT is_trained_for(p_project, p_task, p_member) THEN outcome := 'training-needed'; RETURN; END IF;

  PERFORM lapse_validations(p_project, p_task);

  LOOP
    -- What others are just taking is left aside first; then, where nothing else is free, waited for. Whoever waited in
    -- vain looks again, since something behind it may be free.
    SELECT f."id" INTO v_section FROM "Section" f
    WHERE f."projectId" = p_project AND f."taskId" = p_task AND may_be_validated(f, p_member)
    ORDER BY f."position" LIMIT 1 FOR UPDATE OF f SKIP LOCKED;
    EXIT WHEN FOUND;
    SELECT f."id" INTO v_section FROM "Section" f
    WHERE f."projectId" = p_project AND f."taskId" = p_task AND may_be_validated(f, p_member)
    ORDER BY f."position" LIMIT 1 FOR UPDATE OF f;
    EXIT WHEN FOUND;
    CONTINUE WHEN EXISTS (SELECT 1 FROM "Section" f
      WHERE f."projectId" = p_project AND f."taskId" = p_task AND may_be_validated(f, p_member));
    -- Somebody may be freeing places at this very moment: their sections were left aside above, and are waited for now.
    PERFORM 1 FROM "Section" s
    WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."stage" = 'validation' AND EXISTS (
      SELECT 1 FROM "ValidationLease" e WHERE e."projectId" = p_project AND e."sectionId" = s."id"
        AND e."state" = 'active' AND e."expiresAt" < now())
    ORDER BY s."id" FOR UPDATE OF s;
    PERFORM lapse_validations(p_project, p_task);
    IF NOT EXISTS (SELECT 1 FROM "Section" f
      WHERE f."projectId" = p_project AND f."taskId" = p_task AND may_be_validated(f, p_member)
    ) THEN outcome := 'none-left'; RETURN; END IF;
  END LOOP;
  UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" + 1
  WHERE s."projectId" = p_project AND s."id" = v_section."id";
  INSERT INTO "ValidationLease" ("projectId", "id", "taskId", "sectionId", "memberId", "round", "expiresAt", "guidelineVersion")
  VALUES (p_project, p_lease, p_task, v_section."id", p_member,
    (SELECT max(r."round") FROM "ShownReading" r WHERE r."projectId" = p_project AND r."sectionId" = v_section."id"),
    now() + make_interval(secs => p_lease_seconds),
    (SELECT max(g."version") FROM "Guideline" g WHERE g."projectId" = p_project))
  ON CONFLICT ("projectId", "sectionId", "memberId") DO UPDATE
    SET "state" = 'active', "expiresAt" = EXCLUDED."expiresAt", "round" = EXCLUDED."round",
      "guidelineVersion" = EXCLUDED."guidelineVersion"
  RETURNING "id" INTO lease_id;
  outcome := 'leased';
END $$;
