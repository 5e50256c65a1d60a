-- What must hold whatever the application does, and the statements of the hot path.

-- Append-only tables ------------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER judgement_append_only BEFORE UPDATE OR DELETE ON "Judgement"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_no_truncate BEFORE TRUNCATE ON "Judgement"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "Audit"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "Audit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instance_audit_append_only BEFORE UPDATE OR DELETE ON "InstanceAudit"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instance_audit_no_truncate BEFORE TRUNCATE ON "InstanceAudit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A coder has one line of judgements on a unit, occasion and stage: it begins once and each later one supersedes
-- exactly one before it, so two tabs can't both be right.
CREATE UNIQUE INDEX "Judgement_first_key"
  ON "Judgement" ("projectId", "unitId", "coderId", "occasion", "stage") WHERE "supersedesId" IS NULL;
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_supersedes_fkey"
  FOREIGN KEY ("projectId", "supersedesId") REFERENCES "Judgement" ("projectId", "id");
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_act_check" CHECK (
  ("act" = 'answer' AND "answer" IS NOT NULL AND "skipReason" IS NULL) OR
  ("act" = 'skip' AND "answer" IS NULL AND "skipReason" IS NOT NULL) OR
  ("act" = 'withdrawal' AND "answer" IS NULL AND "skipReason" IS NULL AND "supersedesId" IS NOT NULL)
);

-- Places --------------------------------------------------------------------------------------------------------------

ALTER TABLE "Section" ADD CONSTRAINT "Section_places_check"
  CHECK ("taken" >= 0 AND "taken" <= "wanted" AND "finished" >= 0 AND "finished" <= "taken");
CREATE INDEX "Section_free_idx" ON "Section" ("projectId", "taskId", "position") WHERE "taken" < "wanted";
CREATE INDEX "Lease_expiry_idx" ON "Lease" ("projectId", "taskId", "expiresAt") WHERE "state" = 'active';
CREATE INDEX "Lease_in_hand_idx" ON "Lease" ("projectId", "taskId", "memberId") WHERE "state" = 'active';

-- Who is asking: the member of a project behind a browser's session, or nothing.
CREATE FUNCTION member_of_session(p_session bytea, p_project uuid, OUT user_id uuid, OUT member_id uuid, OUT member_role "Role")
LANGUAGE sql STABLE AS $$
  SELECT u."id", m."id", m."role"
  FROM "Session" s
  JOIN "User" u ON u."id" = s."userId" AND u."disabledAt" IS NULL
  LEFT JOIN "Member" m ON m."projectId" = p_project AND m."userId" = u."id" AND m."disabledAt" IS NULL
  WHERE s."secretHash" = p_session AND s."expiresAt" > now() AND s."lastSeenAt" > now() - interval '14 days'
$$;

-- Stores one judgement, exactly once, in one round trip. Answers with an outcome and, where there is one, the
-- judgement it is about: the stored one, or the coder's latest where the submission named another.
CREATE FUNCTION submit_judgement(
  p_session bytea, p_project uuid, p_task uuid, p_unit uuid, p_id uuid, p_submission uuid, p_hash bytea,
  p_act "ActKind", p_answer jsonb, p_skip_reason text, p_comment text, p_elapsed integer,
  p_supersedes uuid, p_points_at text[], p_lease_seconds integer,
  OUT outcome text, OUT judgement_id uuid, OUT received_at timestamptz, OUT is_extra boolean, OUT head_submission uuid
) LANGUAGE plpgsql AS $$
DECLARE
  v_user uuid;
  v_member uuid;
  v_role "Role";
  v_unit record;
  v_lease record;
  v_previous uuid;
  v_place boolean;
BEGIN
  SELECT m.user_id, m.member_id, m.member_role INTO v_user, v_member, v_role FROM member_of_session(p_session, p_project) m;
  IF v_user IS NULL THEN outcome := 'unauthenticated'; RETURN; END IF;
  IF v_member IS NULL THEN outcome := 'unknown'; RETURN; END IF;

  SELECT u."sectionId", u."itemId", u."itemVersion", u."reading", t."contractVersion", t."state" INTO v_unit
  FROM "Unit" u JOIN "Task" t ON t."projectId" = u."projectId" AND t."id" = u."taskId"
  WHERE u."projectId" = p_project AND u."id" = p_unit AND u."taskId" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;

  SELECT l."id", l."state", l."expiresAt", l."guidelineVersion" INTO v_lease
  FROM "Lease" l
  WHERE l."projectId" = p_project AND l."sectionId" = v_unit."sectionId" AND l."memberId" = v_member;
  IF NOT FOUND THEN outcome := 'never-leased'; RETURN; END IF;

  IF p_supersedes IS NOT NULL THEN
    SELECT j."id" INTO v_previous FROM "Judgement" j
    WHERE j."projectId" = p_project AND j."submissionId" = p_supersedes AND j."coderId" = v_member AND j."unitId" = p_unit;
    IF NOT FOUND THEN
      outcome := 'supersedes-unknown'; RETURN;
    END IF;
  ELSIF p_act = 'withdrawal' THEN
    outcome := 'supersedes-unknown'; RETURN;
  END IF;

  IF cardinality(p_points_at) > 0 AND (
    SELECT count(DISTINCT u."key") FROM "Unit" u
    WHERE u."projectId" = p_project AND u."taskId" = p_task AND u."itemId" = v_unit."itemId"
      AND u."key" = ANY (p_points_at) AND u."reading" < v_unit."reading"
  ) < cardinality(p_points_at) THEN
    outcome := 'points-ahead'; RETURN;
  END IF;

  -- A place in the section: held, kept, or taken again where one is free. Nothing counts any more once the task is
  -- closed, nor in a section that a manager has taken back.
  v_place := v_lease."state" IN ('active', 'finished') AND v_unit."state" IN ('open', 'paused');
  IF v_place AND v_lease."state" = 'active' AND v_lease."expiresAt" < now() + make_interval(secs => p_lease_seconds * 0.95) THEN
    UPDATE "Lease" l SET "expiresAt" = now() + make_interval(secs => p_lease_seconds)
    WHERE l."projectId" = p_project AND l."id" = v_lease."id" AND l."state" = 'active';
    v_place := FOUND;
  END IF;
  IF NOT v_place AND v_unit."state" IN ('open', 'paused') AND v_lease."state" <> 'reclaimed' THEN
    PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_unit."sectionId" FOR UPDATE;
    SELECT l."state" INTO v_lease."state" FROM "Lease" l WHERE l."projectId" = p_project AND l."id" = v_lease."id" FOR UPDATE;
    v_place := v_lease."state" IN ('active', 'finished');
    IF NOT v_place AND v_lease."state" <> 'reclaimed' THEN
      UPDATE "Section" s SET "taken" = s."taken" + 1
      WHERE s."projectId" = p_project AND s."id" = v_unit."sectionId" AND s."taken" < s."wanted";
      v_place := FOUND;
      IF v_place THEN
        UPDATE "Lease" l SET "state" = 'active', "expiresAt" = now() + make_interval(secs => p_lease_seconds)
        WHERE l."projectId" = p_project AND l."id" = v_lease."id";
      END IF;
    END IF;
  END IF;

  INSERT INTO "Judgement" (
    "projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "act", "answer", "skipReason",
    "comment", "submissionHash", "contractVersion", "itemVersion", "guidelineVersion", "elapsedMs", "informed", "extra", "supersedesId"
  ) VALUES (
    p_project, p_id, p_submission, p_task, v_unit."sectionId", p_unit, v_member, p_act, p_answer, p_skip_reason,
    p_comment, p_hash, v_unit."contractVersion", v_unit."itemVersion", v_lease."guidelineVersion", p_elapsed,
    -- Managers and researchers can see what others answered; what they judge is kept apart from agreement.
    v_role <> 'annotator', NOT v_place, v_previous
  )
  ON CONFLICT DO NOTHING
  RETURNING "id", "receivedAt", "extra" INTO judgement_id, received_at, is_extra;
  IF FOUND THEN outcome := 'stored'; RETURN; END IF;

  SELECT j."id", j."receivedAt", j."extra", CASE WHEN j."submissionHash" = p_hash AND j."coderId" = v_member THEN 'stored' ELSE 'reused' END
  INTO judgement_id, received_at, is_extra, outcome
  FROM "Judgement" j WHERE j."projectId" = p_project AND j."submissionId" = p_submission;
  IF FOUND THEN RETURN; END IF;

  outcome := 'superseded-already';
  SELECT j."submissionId" INTO head_submission FROM "Judgement" j
  WHERE j."projectId" = p_project AND j."unitId" = p_unit AND j."coderId" = v_member
    AND NOT EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = p_project AND n."supersedesId" = j."id")
  ORDER BY j."id" DESC LIMIT 1;
END $$;

-- Gives a member the section in hand, else the next free one, else one whose coder let it lapse.
-- Locks a section before any of its leases, as everything does that touches both.
CREATE FUNCTION claim_section(
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
  SELECT t."state", t."namedOnly", t."planned" INTO v_task FROM "Task" t WHERE t."projectId" = p_project AND t."id" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  IF v_task."state" NOT IN ('open', 'paused') OR NOT v_task."planned" THEN outcome := 'not-open'; RETURN; END IF;
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

-- Hands a section in, once every unit has an answer or a skip.
CREATE FUNCTION finish_lease(p_project uuid, p_member uuid, p_lease uuid, OUT outcome text) LANGUAGE plpgsql AS $$
DECLARE
  v_lease record;
  v_judged integer;
BEGIN
  SELECT l."sectionId", s."units" INTO v_lease
  FROM "Lease" l JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId"
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."memberId" = p_member;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  SELECT count(*) INTO v_judged FROM "Judgement" j
  WHERE j."projectId" = p_project AND j."sectionId" = v_lease."sectionId" AND j."coderId" = p_member
    AND j."stage" = 'annotation' AND j."act" <> 'withdrawal'
    AND NOT EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = p_project AND n."supersedesId" = j."id");
  IF v_judged < v_lease."units" THEN outcome := 'unfinished'; RETURN; END IF;
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_lease."sectionId" FOR UPDATE;
  UPDATE "Lease" l SET "state" = 'finished', "finishedAt" = now()
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."state" = 'active';
  IF FOUND THEN
    UPDATE "Section" s SET "finished" = s."finished" + 1 WHERE s."projectId" = p_project AND s."id" = v_lease."sectionId";
  END IF;
  -- Handed in twice, or after the place was taken by another: nothing more to do, nothing lost.
  outcome := 'finished';
END $$;

-- Frees the place of an active lease: returned by its coder, or reclaimed by a manager.
CREATE FUNCTION free_lease(p_project uuid, p_lease uuid, p_state "LeaseState", OUT freed boolean) LANGUAGE plpgsql AS $$
DECLARE
  v_section uuid;
BEGIN
  SELECT l."sectionId" INTO v_section FROM "Lease" l WHERE l."projectId" = p_project AND l."id" = p_lease;
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_section FOR UPDATE;
  UPDATE "Lease" l SET "state" = p_state WHERE l."projectId" = p_project AND l."id" = p_lease AND l."state" = 'active';
  freed := FOUND;
  IF freed THEN
    UPDATE "Section" s SET "taken" = s."taken" - 1 WHERE s."projectId" = p_project AND s."id" = v_section;
  END IF;
END $$;

-- Gives a section to a named coder where a place is free, or where he had it before.
CREATE FUNCTION give_section(
  p_project uuid, p_task uuid, p_section uuid, p_member uuid, p_lease uuid, p_lease_seconds integer,
  p_deadline timestamptz, p_given_by uuid, OUT outcome text
) LANGUAGE plpgsql AS $$
DECLARE
  v_section record;
  v_state "LeaseState";
  v_guideline integer;
BEGIN
  SELECT s."position", s."taken", s."wanted" INTO v_section FROM "Section" s
  WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."id" = p_section FOR UPDATE;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  SELECT l."state" INTO v_state FROM "Lease" l
  WHERE l."projectId" = p_project AND l."sectionId" = p_section AND l."memberId" = p_member FOR UPDATE;
  IF v_state = 'finished' THEN outcome := 'finished-already'; RETURN; END IF;
  IF v_state IS DISTINCT FROM 'active' THEN
    IF v_section."taken" >= v_section."wanted" THEN outcome := 'full'; RETURN; END IF;
    UPDATE "Section" s SET "taken" = s."taken" + 1 WHERE s."projectId" = p_project AND s."id" = p_section;
  END IF;
  SELECT max(g."version") INTO v_guideline FROM "Guideline" g WHERE g."projectId" = p_project;
  INSERT INTO "Lease" ("projectId", "id", "taskId", "sectionId", "position", "memberId", "expiresAt", "deadline", "givenBy", "guidelineVersion")
  VALUES (p_project, p_lease, p_task, p_section, v_section."position", p_member,
    greatest(now() + make_interval(secs => p_lease_seconds), p_deadline), p_deadline, p_given_by, v_guideline)
  ON CONFLICT ("projectId", "sectionId", "memberId") DO UPDATE
    SET "state" = 'active', "expiresAt" = EXCLUDED."expiresAt", "deadline" = EXCLUDED."deadline",
      "givenBy" = EXCLUDED."givenBy", "guidelineVersion" = EXCLUDED."guidelineVersion";
  outcome := 'given';
END $$;
