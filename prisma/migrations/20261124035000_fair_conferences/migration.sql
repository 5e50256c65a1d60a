-- Conferences that end though a validator stays away, and in which only those vote who know nothing yet.

-- Whether a coder has passed what a task asks to be passed first.
CREATE FUNCTION is_trained_for(p_project uuid, p_task uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM "Task" t
    WHERE t."projectId" = p_project AND t."id" = p_task AND t."trainingTaskId" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "TrainingRound" r WHERE r."projectId" = p_project
        AND r."taskId" = t."trainingTaskId" AND r."coderId" = p_member AND r."passed"))
$$;

-- Whether a coder was shown readings of a section to validate them: then nothing he says of it is his own alone.
CREATE FUNCTION has_validated(p_project uuid, p_section uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM "ValidationLease" l
    WHERE l."projectId" = p_project AND l."sectionId" = p_section AND l."memberId" = p_member)
$$;

-- Whether a section came back from its adjudicator after somebody had handed it in: what became of it was theirs to
-- look at meanwhile.
CREATE FUNCTION came_back_since(p_project uuid, p_section uuid, p_since timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM "Adjudication" a
    WHERE a."projectId" = p_project AND a."sectionId" = p_section AND a."kind" = 'send-back' AND a."at" > p_since)
$$;

-- Places whose validators stayed away are free again. Locks a section before any of its leases.
CREATE FUNCTION lapse_validations(p_project uuid, p_task uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_section record;
  v_lapsed integer;
BEGIN
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
END $$;

-- Takes a section from its validator; false where he does not hold it any more. His verdicts stay.
CREATE FUNCTION reclaim_validation(p_project uuid, p_lease uuid, OUT freed boolean) LANGUAGE plpgsql AS $$
DECLARE
  v_section uuid;
BEGIN
  SELECT l."sectionId" INTO v_section FROM "ValidationLease" l WHERE l."projectId" = p_project AND l."id" = p_lease;
  freed := FOUND;
  IF NOT freed THEN RETURN; END IF;
  PERFORM 1 FROM "Section" s WHERE s."projectId" = p_project AND s."id" = v_section FOR UPDATE;
  UPDATE "ValidationLease" l SET "state" = 'reclaimed'
  WHERE l."projectId" = p_project AND l."id" = p_lease AND l."state" = 'active';
  freed := FOUND;
  IF freed THEN
    UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" - 1 WHERE s."projectId" = p_project AND s."id" = v_section;
  END IF;
END $$;

-- What was shown counts wherever it was: in the same task too.
CREATE OR REPLACE FUNCTION was_shown(p_project uuid, p_unit uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "Unit" n
    JOIN "Task" a ON a."projectId" = n."projectId" AND a."id" = n."taskId"
    JOIN "Task" t ON t."projectId" = a."projectId" AND t."collectionId" = a."collectionId" AND t."type" = a."type"
    JOIN "Unit" o ON o."projectId" = t."projectId" AND o."taskId" = t."id" AND o."itemId" = n."itemId" AND o."key" = n."key"
    WHERE n."projectId" = p_project AND n."id" = p_unit AND (
      EXISTS (SELECT 1 FROM "ExplanationShown" e WHERE e."projectId" = o."projectId" AND e."sectionId" = o."sectionId"
        AND e."memberId" = p_member)
      OR EXISTS (SELECT 1 FROM "ValidationLease" l JOIN "ShownReading" r ON r."projectId" = l."projectId"
          AND r."sectionId" = l."sectionId" AND r."unitId" = o."id"
        WHERE l."projectId" = o."projectId" AND l."sectionId" = o."sectionId" AND l."memberId" = p_member)
      OR EXISTS (SELECT 1 FROM "Contest" c WHERE c."projectId" = o."projectId" AND c."unitId" = o."id"
        AND c."coderId" = p_member)
      OR EXISTS (SELECT 1 FROM "TrainingAnswer" g WHERE g."projectId" = o."projectId" AND g."unitId" = o."id"
        AND g."coderId" = p_member)))
$$;

-- Whether a section wants a validator and this coder can be one: he has annotated nothing of it, and was shown nothing.
CREATE FUNCTION may_be_validated(p_section "Section", p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_section."stage" = 'validation' AND p_section."validatorsTaken" < p_section."validatorsWanted"
    AND NOT EXISTS (SELECT 1 FROM "Judgement" j WHERE j."projectId" = p_section."projectId"
      AND j."sectionId" = p_section."id" AND j."coderId" = p_member AND j."stage" = 'annotation')
    AND NOT EXISTS (SELECT 1 FROM "ValidationLease" o WHERE o."projectId" = p_section."projectId"
      AND o."sectionId" = p_section."id" AND o."memberId" = p_member AND o."state" IN ('active', 'finished', 'reclaimed'))
$$;

-- Gives a member a section to validate: the one in hand, else the first that wants validators and of which he has
-- annotated nothing. Locks a section before any of its leases.
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

-- Stores what a validator says of one reading, exactly once; with it, where there is one, the answer given instead.
CREATE OR REPLACE FUNCTION submit_validation(
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
  v_votes boolean;
  v_place boolean;
  v_rating float8;
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
  SELECT l."id", l."state", l."round", l."guidelineVersion", l."finishedAt" INTO v_lease
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

  -- Only who can't see what others answered has a vote; nor has, on second thoughts, who could see what became of it.
  v_votes := v_shown."stage" = 'validation' AND v_shown."state" IN ('open', 'paused') AND v_role = 'annotator'
    AND NOT (v_lease."state" = 'finished' AND came_back_since(p_project, v_shown."sectionId", v_lease."finishedAt"))
    AND NOT EXISTS (SELECT 1 FROM "ExplanationShown" e
      WHERE e."projectId" = p_project AND e."sectionId" = v_shown."sectionId" AND e."memberId" = v_member);
  v_place := v_votes AND v_lease."state" IN ('active', 'finished');
  IF v_place AND v_lease."state" = 'active' THEN
    UPDATE "ValidationLease" l SET "expiresAt" = now() + make_interval(secs => p_lease_seconds)
    WHERE l."projectId" = p_project AND l."id" = v_lease."id";
  ELSIF v_votes AND v_lease."state" IN ('lapsed', 'returned') THEN
    UPDATE "Section" s SET "validatorsTaken" = s."validatorsTaken" + 1
    WHERE s."projectId" = p_project AND s."id" = v_shown."sectionId" AND s."validatorsTaken" < s."validatorsWanted";
    v_place := FOUND;
    IF v_place THEN
      UPDATE "ValidationLease" l SET "state" = 'active', "expiresAt" = now() + make_interval(secs => p_lease_seconds)
      WHERE l."projectId" = p_project AND l."id" = v_lease."id";
    END IF;
  END IF;

  SELECT r."right"::float8 / r."asked" INTO v_rating FROM "CoderRating" r
  WHERE r."projectId" = p_project AND r."taskId" = p_task AND r."coderId" = v_member;

  v_own := v_own_head;
  IF p_verdict = 'disagree' AND p_answer IS NOT NULL THEN
    INSERT INTO "Judgement" (
      "projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "stage", "act", "answer",
      "submissionHash", "contractVersion", "itemVersion", "guidelineVersion", "coderRating", "elapsedMs", "informed", "extra", "supersedesId"
    ) VALUES (
      p_project, p_own, p_submission, p_task, v_shown."sectionId", v_shown."unitId", v_member, 'validation', 'answer', p_answer,
      p_hash, v_shown."contractVersion", v_shown."itemVersion", v_lease."guidelineVersion", v_rating, p_elapsed, true, NOT v_place, v_own_head
    ) RETURNING "id" INTO v_own;
  END IF;
  INSERT INTO "Validation" (
    "projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "shownReadingId", "coderId", "verdict",
    "ownJudgementId", "comment", "submissionHash", "guidelineVersion", "coderRating", "elapsedMs", "extra", "supersedesId"
  ) VALUES (
    p_project, p_id, p_submission, p_task, v_shown."sectionId", v_shown."unitId", p_shown, v_member, p_verdict,
    CASE WHEN p_verdict = 'disagree' THEN v_own END, p_comment, p_hash, v_lease."guidelineVersion", v_rating, p_elapsed, NOT v_place, v_previous
  ) RETURNING "id", "receivedAt", "extra" INTO validation_id, received_at, is_extra;
  outcome := 'stored';
END $$;

-- Stores a judgement, exactly once. What a coder changes in a section that came back from its adjudicator is informed.
CREATE OR REPLACE FUNCTION submit_judgement(
  p_session bytea, p_project uuid, p_task uuid, p_unit uuid, p_id uuid, p_submission uuid, p_hash bytea,
  p_act "ActKind", p_answer jsonb, p_skip_reason text, p_confidence "Confidence", p_comment text,
  p_comment_kind text, p_contract_version integer, p_elapsed integer, p_supersedes uuid, p_points_at text[], p_lease_seconds integer,
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

  SELECT u."sectionId", u."itemId", u."itemVersion", u."reading", t."state", s."stage" INTO v_unit
  FROM "Unit" u
  JOIN "Task" t ON t."projectId" = u."projectId" AND t."id" = u."taskId"
  JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
  WHERE u."projectId" = p_project AND u."id" = p_unit AND u."taskId" = p_task;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;

  SELECT l."id", l."state", l."expiresAt", l."guidelineVersion", l."finishedAt" INTO v_lease
  FROM "Lease" l
  WHERE l."projectId" = p_project AND l."sectionId" = v_unit."sectionId" AND l."memberId" = v_member;
  IF NOT FOUND THEN outcome := 'never-leased'; RETURN; END IF;

  IF p_supersedes IS NOT NULL THEN
    SELECT j."id" INTO v_previous FROM "Judgement" j
    WHERE j."projectId" = p_project AND j."submissionId" = p_supersedes AND j."coderId" = v_member AND j."unitId" = p_unit
      AND j."stage" = 'annotation';
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
    "confidence", "comment", "commentKind", "submissionHash", "contractVersion", "itemVersion", "guidelineVersion",
    "coderRating", "elapsedMs", "informed", "extra", "supersedesId"
  ) VALUES (
    p_project, p_id, p_submission, p_task, v_unit."sectionId", p_unit, v_member, p_act, p_answer, p_skip_reason,
    p_confidence, p_comment, p_comment_kind, p_hash, p_contract_version, v_unit."itemVersion", v_lease."guidelineVersion",
    (SELECT r."right"::float8 / r."asked" FROM "CoderRating" r
      WHERE r."projectId" = p_project AND r."taskId" = p_task AND r."coderId" = v_member),
    p_elapsed,
    -- Managers and researchers can see what others answered, and so can coders once all have handed the section in:
    -- what is judged then is kept apart from agreement.
    v_role <> 'annotator' OR v_unit."stage" <> 'annotation'
      OR v_lease."state" = 'finished' AND came_back_since(p_project, v_unit."sectionId", v_lease."finishedAt"),
    NOT v_place, v_previous
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
    AND j."stage" = 'annotation'
    AND NOT EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = p_project AND n."supersedesId" = j."id")
  ORDER BY j."id" DESC LIMIT 1;
END $$;

-- Gives a coder a section: the one in hand, else onwards from the furthest, else what is free; none that he validated.
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
  SELECT t."state", t."namedOnly", t."planned", t."phase", t."secondLookOf" IS NOT NULL AS "again" INTO v_task FROM "Task" t WHERE t."projectId" = p_project AND t."id" = p_task;
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
  IF NOT is_trained_for(p_project, p_task, p_member) THEN outcome := 'training-needed'; RETURN; END IF;

  SELECT coalesce(max(l."position"), -1) INTO v_after FROM "Lease" l
  WHERE l."projectId" = p_project AND l."taskId" = p_task AND l."memberId" = p_member;

  -- Onwards from the furthest section this coder has had.
  SELECT s."id", s."position" INTO v_section FROM "Section" s
  WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."taken" < s."wanted" AND s."position" > v_after
    AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
      AND NOT has_validated(p_project, s."id", p_member)
  ORDER BY s."position" LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    -- Whatever else is free, waiting for rows that others are taking just now; what the coder gave back comes last.
    SELECT s."id", s."position" INTO v_section FROM "Section" s
    LEFT JOIN "Lease" l ON l."projectId" = s."projectId" AND l."sectionId" = s."id" AND l."memberId" = p_member
    WHERE s."projectId" = p_project AND s."taskId" = p_task AND s."taken" < s."wanted"
      AND (l."id" IS NULL OR l."state" IN ('lapsed', 'returned'))
      AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
      AND NOT has_validated(p_project, s."id", p_member)
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
      AND NOT has_validated(p_project, s."id", p_member)
    ORDER BY e."expiresAt" LIMIT 1 FOR UPDATE OF s SKIP LOCKED;
    IF NOT FOUND THEN
      outcome := CASE WHEN EXISTS (
        SELECT 1 FROM "Section" s WHERE s."projectId" = p_project AND s."taskId" = p_task
          AND (NOT v_task."again" OR is_kept_for(p_project, s."id", p_member))
      AND NOT has_validated(p_project, s."id", p_member) AND NOT EXISTS (
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

-- Gives a section to a named coder where a place is free, or where he had it before; not to who has validated it.
CREATE OR REPLACE FUNCTION give_section(
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
  IF has_validated(p_project, p_section, p_member) THEN outcome := 'validated'; RETURN; END IF;
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

CREATE INDEX "Adjudication_sent_back_idx" ON "Adjudication" ("projectId", "sectionId", "at") WHERE "kind" = 'send-back';
