-- Which coder was shown which version of the guidelines, and what follows for what they judge.

CREATE TABLE "GuidelineReading" (
    "projectId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "how" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GuidelineReading_pkey" PRIMARY KEY ("projectId", "memberId", "version"),
    CONSTRAINT "GuidelineReading_how_check" CHECK ("how" IN ('first-section', 'acknowledged'))
);
ALTER TABLE "GuidelineReading" ADD CONSTRAINT "GuidelineReading_projectId_memberId_fkey"
  FOREIGN KEY ("projectId", "memberId") REFERENCES "Member" ("projectId", "id");

-- Up to now the version in force was taken for read whenever a section was lent.
INSERT INTO "GuidelineReading" ("projectId", "memberId", "version", "how", "seenAt")
SELECT l."projectId", l."memberId", coalesce(max(l."guidelineVersion"), 0), 'first-section', min(l."grantedAt")
FROM "Lease" l GROUP BY l."projectId", l."memberId";

CREATE TRIGGER guideline_reading_append_only BEFORE UPDATE OR DELETE ON "GuidelineReading"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guideline_reading_no_truncate BEFORE TRUNCATE ON "GuidelineReading"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever has had a section before works under the guidelines that they were shown, not under those that came since.
CREATE FUNCTION lease_under_known_guideline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_known integer;
BEGIN
  SELECT max(r."version") INTO v_known FROM "GuidelineReading" r
  WHERE r."projectId" = NEW."projectId" AND r."memberId" = NEW."memberId";
  IF v_known IS NULL THEN
    INSERT INTO "GuidelineReading" ("projectId", "memberId", "version", "how")
    VALUES (NEW."projectId", NEW."memberId", coalesce(NEW."guidelineVersion", 0), 'first-section')
    ON CONFLICT DO NOTHING;
  ELSIF coalesce(NEW."guidelineVersion", 0) > v_known THEN
    NEW."guidelineVersion" := nullif(v_known, 0);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lease_guideline BEFORE INSERT ON "Lease"
  FOR EACH ROW EXECUTE FUNCTION lease_under_known_guideline();
CREATE TRIGGER validation_lease_guideline BEFORE INSERT ON "ValidationLease"
  FOR EACH ROW EXECUTE FUNCTION lease_under_known_guideline();

-- A coder says that they were shown a version: noted once, and what they have in hand is judged under it from then on.
CREATE FUNCTION read_guideline(p_project uuid, p_member uuid, p_version integer, OUT known boolean) LANGUAGE plpgsql AS $$
BEGIN
  known := EXISTS (SELECT 1 FROM "Guideline" g WHERE g."projectId" = p_project AND g."version" = p_version);
  IF NOT known THEN RETURN; END IF;
  INSERT INTO "GuidelineReading" ("projectId", "memberId", "version", "how")
  VALUES (p_project, p_member, p_version, 'acknowledged')
  ON CONFLICT DO NOTHING;
  UPDATE "Lease" l SET "guidelineVersion" = p_version
  WHERE l."projectId" = p_project AND l."memberId" = p_member AND l."state" = 'active'
    AND coalesce(l."guidelineVersion", 0) < p_version;
  UPDATE "ValidationLease" l SET "guidelineVersion" = p_version
  WHERE l."projectId" = p_project AND l."memberId" = p_member AND l."state" = 'active'
    AND coalesce(l."guidelineVersion", 0) < p_version;
END $$;
