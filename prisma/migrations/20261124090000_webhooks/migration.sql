-- Webhooks: what happens in a project is told to addresses outside. A message is written by triggers, in the very
-- transaction that does what it tells of: neither exists without the other, whichever way the change is made.

CREATE TYPE "DeliveryState" AS ENUM ('waiting', 'delivered', 'failed');

CREATE TABLE "Webhook" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "sealedSecret" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failingSince" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "disabledFor" TEXT,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("projectId", "id")
);

CREATE TABLE "WebhookDelivery" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "state" "DeliveryState" NOT NULL DEFAULT 'waiting',
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("projectId", "id")
);
CREATE INDEX "WebhookDelivery_projectId_webhookId_id_idx" ON "WebhookDelivery" ("projectId", "webhookId", "id");
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery" ("dueAt") WHERE "state" = 'waiting';

CREATE TABLE "WebhookTry" (
    "projectId" UUID NOT NULL,
    "deliveryId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "durationMs" INTEGER,
    "status" INTEGER,
    "failure" TEXT,

    CONSTRAINT "WebhookTry_pkey" PRIMARY KEY ("projectId", "deliveryId", "number")
);

ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_projectId_webhookId_fkey"
  FOREIGN KEY ("projectId", "webhookId") REFERENCES "Webhook" ("projectId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WebhookTry" ADD CONSTRAINT "WebhookTry_projectId_deliveryId_fkey"
  FOREIGN KEY ("projectId", "deliveryId") REFERENCES "WebhookDelivery" ("projectId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance. Postgres has one of its own from 18 on only.
CREATE FUNCTION make_uuidv7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- Writes an event down for every webhook of the project that wants it.
CREATE FUNCTION tell_webhooks(p_project uuid, p_event text, p_data jsonb) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO "WebhookDelivery" ("projectId", "id", "webhookId", "event", "data")
  SELECT w."projectId", make_uuidv7(), w."id", p_event, p_data FROM "Webhook" w
  WHERE w."projectId" = p_project AND w."disabledAt" IS NULL AND p_event = ANY (w."events")
$$;

CREATE FUNCTION tell_of_hand_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(NEW."projectId", 'section.handed_in',
    jsonb_build_object('taskId', NEW."taskId", 'sectionId', NEW."sectionId", 'stage', TG_ARGV[0]));
  RETURN NULL;
END $$;
CREATE TRIGGER lease_tells_of_hand_in AFTER UPDATE OF "state" ON "Lease"
  FOR EACH ROW WHEN (NEW."state" = 'finished' AND OLD."state" <> 'finished')
  EXECUTE FUNCTION tell_of_hand_in('annotation');
CREATE TRIGGER validation_lease_tells_of_hand_in AFTER UPDATE OF "state" ON "ValidationLease"
  FOR EACH ROW WHEN (NEW."state" = 'finished' AND OLD."state" <> 'finished')
  EXECUTE FUNCTION tell_of_hand_in('validation');

-- Only onwards: a section that is sent back has closed nothing.
CREATE FUNCTION tell_of_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(NEW."projectId", 'stage.closed', jsonb_build_object(
    'taskId', NEW."taskId", 'sectionId', NEW."id", 'stage', OLD."stage", 'next', NEW."stage"));
  RETURN NULL;
END $$;
CREATE TRIGGER section_tells_of_stage AFTER UPDATE OF "stage" ON "Section"
  FOR EACH ROW WHEN (NEW."stage" > OLD."stage") EXECUTE FUNCTION tell_of_stage();

-- Once a statement and task, with the first hundred units: planning brings gold for thousands.
CREATE FUNCTION tell_of_gold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(c."projectId", 'gold.changed', jsonb_build_object(
    'taskId', c."taskId", 'units', c."units", 'unitIds', c."unitIds"))
  FROM (
    SELECT u."projectId", u."taskId", count(*) AS "units", to_jsonb((array_agg(u."id" ORDER BY u."id"))[1:100]) AS "unitIds"
    FROM changed g JOIN "Unit" u ON u."projectId" = g."projectId" AND u."id" = g."unitId"
    WHERE EXISTS (SELECT 1 FROM "Webhook" w WHERE w."projectId" = g."projectId" AND w."disabledAt" IS NULL
      AND 'gold.changed' = ANY (w."events"))
    GROUP BY u."projectId", u."taskId") c;
  RETURN NULL;
END $$;
CREATE TRIGGER gold_tells_of_insert AFTER INSERT ON "Gold" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_gold();
CREATE TRIGGER gold_tells_of_update AFTER UPDATE ON "Gold" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_gold();
CREATE TRIGGER gold_tells_of_delete AFTER DELETE ON "Gold" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_gold();

CREATE FUNCTION tell_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(NEW."projectId", 'member.joined',
    jsonb_build_object('memberId', NEW."id", 'role', NEW."role"));
  RETURN NULL;
END $$;
CREATE TRIGGER member_tells_of_joining AFTER INSERT ON "Member"
  FOR EACH ROW EXECUTE FUNCTION tell_of_member();

CREATE FUNCTION tell_of_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(NEW."projectId", TG_ARGV[0], jsonb_build_object('taskId', NEW."id"));
  RETURN NULL;
END $$;
-- A pause is no closing, and its end no opening.
CREATE TRIGGER task_tells_of_opening AFTER UPDATE OF "state" ON "Task"
  FOR EACH ROW WHEN (NEW."state" = 'open' AND OLD."state" NOT IN ('open', 'paused'))
  EXECUTE FUNCTION tell_of_task('task.opened');
CREATE TRIGGER task_tells_of_closing AFTER UPDATE OF "state" ON "Task"
  FOR EACH ROW WHEN (NEW."state" = 'closed' AND OLD."state" <> 'closed')
  EXECUTE FUNCTION tell_of_task('task.closed');
