-- Releases of a project that the service made, numbered from 1. What was made never changes and never goes; it can be
-- withdrawn, once.

CREATE TYPE "ReleaseState" AS ENUM ('making', 'made', 'failed');

CREATE TABLE "Release" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "ReleaseState" NOT NULL DEFAULT 'making',
    "requestedBy" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "attempt" UUID,
    "workedAt" TIMESTAMPTZ(3),
    "step" TEXT,
    "failure" TEXT,
    "madeAt" TIMESTAMPTZ(3),
    "root" TEXT,
    "bytes" BIGINT,
    "judgements" INTEGER,
    "withdrawnAt" TIMESTAMPTZ(3),
    "withdrawnBy" UUID,
    "withdrawnFor" TEXT,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("projectId", "number"),
    CONSTRAINT "Release_number_check" CHECK ("number" >= 1),
    CONSTRAINT "Release_made_check" CHECK (
      ("state" = 'made') = ("madeAt" IS NOT NULL AND "root" IS NOT NULL AND "bytes" IS NOT NULL AND "judgements" IS NOT NULL)),
    CONSTRAINT "Release_withdrawn_check" CHECK (
      ("withdrawnAt" IS NULL) = ("withdrawnFor" IS NULL) AND ("withdrawnAt" IS NULL OR "state" = 'made'))
);
-- One at a time in a project.
CREATE UNIQUE INDEX "Release_making_key" ON "Release" ("projectId") WHERE "state" = 'making';

ALTER TABLE "Release" ADD CONSTRAINT "Release_projectId_fkey"
  FOREIGN KEY ("projectId") REFERENCES "Project" ("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION keep_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a release is never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD."state" = 'made' AND (OLD."withdrawnAt" IS NOT NULL
    OR (to_jsonb(OLD) - '{withdrawnAt,withdrawnBy,withdrawnFor}'::text[])
      <> (to_jsonb(NEW) - '{withdrawnAt,withdrawnBy,withdrawnFor}'::text[])) THEN
    RAISE EXCEPTION 'a release that was made never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_is_kept BEFORE UPDATE OR DELETE ON "Release"
  FOR EACH ROW EXECUTE FUNCTION keep_release();

CREATE FUNCTION tell_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(NEW."projectId", 'release.ready',
    jsonb_build_object('number', NEW."number", 'root', NEW."root"));
  RETURN NULL;
END $$;
CREATE TRIGGER release_tells_of_being_ready AFTER UPDATE OF "state" ON "Release"
  FOR EACH ROW WHEN (NEW."state" = 'made' AND OLD."state" <> 'made') EXECUTE FUNCTION tell_of_release();
