-- Judgements carry their coder's rating of the moment, and say so where they come after the section's annotation.

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

  SELECT l."id", l."state", l."expiresAt", l."guidelineVersion" INTO v_lease
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
    v_role <> 'annotator' OR v_unit."stage" <> 'annotation', NOT v_place, v_previous
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

-- Verdicts, and what is answered instead, carry it too.
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
