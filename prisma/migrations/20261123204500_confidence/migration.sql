-- How sure a coder is, and what a comment is about. Both are null in what was judged before they could be said.
CREATE TYPE "Confidence" AS ENUM ('sure', 'unsure');
ALTER TABLE "Judgement" ADD COLUMN "confidence" "Confidence", ADD COLUMN "commentKind" TEXT;
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_confidence_check" CHECK ("confidence" IS NULL OR "act" = 'answer');

DROP FUNCTION submit_judgement(bytea, uuid, uuid, uuid, uuid, uuid, bytea, "ActKind", jsonb, text, text, integer, uuid, text[], integer);

-- Stores one judgement, exactly once, in one round trip. Answers with an outcome and, where there is one, the
-- judgement it is about: the stored one, or the coder's latest where the submission named another. A judgement keeps
-- the version of the contract that read it, which may be newer than the one its task was planned with.
CREATE FUNCTION submit_judgement(
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

  SELECT u."sectionId", u."itemId", u."itemVersion", u."reading", t."state" INTO v_unit
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
    "confidence", "comment", "commentKind", "submissionHash", "contractVersion", "itemVersion", "guidelineVersion", "elapsedMs", "informed", "extra", "supersedesId"
  ) VALUES (
    p_project, p_id, p_submission, p_task, v_unit."sectionId", p_unit, v_member, p_act, p_answer, p_skip_reason,
    p_confidence, p_comment, p_comment_kind, p_hash, p_contract_version, v_unit."itemVersion", v_lease."guidelineVersion", p_elapsed,
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
