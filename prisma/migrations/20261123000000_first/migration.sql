
-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "key_scope" AS ENUM ('read', 'write', 'admin');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'running', 'finished', 'failed', 'crashed', 'stopped', 'lost');

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("provider","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "agent" TEXT,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace" (
    "workspace_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "workspace_slug" (
    "slug" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,

    CONSTRAINT "workspace_slug_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "member" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "email" TEXT,
    "role" "role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" "key_scope" NOT NULL,
    "hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "runs_made" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_slug" (
    "workspace_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,

    CONSTRAINT "project_slug_pkey" PRIMARY KEY ("workspace_id","slug")
);

-- CreateTable
CREATE TABLE "run" (
    "run" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'running',
    "state_reason" TEXT,
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "group" TEXT,
    "job_type" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT,
    "config" JSONB NOT NULL DEFAULT '{}',
    "summary" JSONB NOT NULL DEFAULT '{}',
    "environment" JSONB NOT NULL DEFAULT '{}',
    "refused" JSONB NOT NULL DEFAULT '[]',
    "refused_count" BIGINT NOT NULL DEFAULT 0,
    "exit_code" INTEGER,
    "created_by_id" TEXT,
    "key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "stop_asked_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("run")
);

-- CreateTable
CREATE TABLE "run_state_change" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "no" INTEGER NOT NULL,
    "state" "run_state" NOT NULL,
    "reason" TEXT,

    CONSTRAINT "run_state_change_pkey" PRIMARY KEY ("run","no")
);

-- CreateTable
CREATE TABLE "run_field" (
    "workspace_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "num" DOUBLE PRECISION,
    "text" TEXT,
    "step" BIGINT,

    CONSTRAINT "run_field_pkey" PRIMARY KEY ("run","kind","key")
);

-- CreateTable
CREATE TABLE "metric_head" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "sealed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "metric_head_pkey" PRIMARY KEY ("run")
);

-- CreateTable
CREATE TABLE "metric_writer" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "writer" BYTEA NOT NULL,
    "no" INTEGER NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "kind" TEXT NOT NULL DEFAULT 'user',
    "host" TEXT,
    "upto" BIGINT NOT NULL DEFAULT -1,
    "meta" BIGINT NOT NULL DEFAULT -1,
    "count" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "logged" BIGINT,
    "closed" BOOLEAN NOT NULL DEFAULT false,
    "digest" BYTEA,
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_writer_pkey" PRIMARY KEY ("run","writer")
);

-- CreateTable
CREATE TABLE "metric_frame" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "no" INTEGER NOT NULL,
    "writer" INTEGER NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "slot" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "metric_frame_pkey" PRIMARY KEY ("run","cursor","no","slot")
) PARTITION BY LIST ("slot");

-- CreateTable
CREATE TABLE "metric_ring" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "slot" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_ring_pkey" PRIMARY KEY ("one")
);

-- CreateTable
CREATE TABLE "metric_quarantine" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "writer" BYTEA NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "metric_quarantine_pkey" PRIMARY KEY ("run","writer","first_seq")
);

-- CreateTable
CREATE TABLE "metric_series" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "series" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "label_set" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT 'user',
    "generation" INTEGER NOT NULL DEFAULT 0,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "count" BIGINT NOT NULL DEFAULT 0,
    "non_finite" BIGINT NOT NULL DEFAULT 0,
    "first_step" BIGINT,
    "first_value" DOUBLE PRECISION,
    "last_step" BIGINT,
    "last_value" DOUBLE PRECISION,
    "last_time" BIGINT,
    "min_value" DOUBLE PRECISION,
    "min_step" BIGINT,
    "max_value" DOUBLE PRECISION,
    "max_step" BIGINT,
    "sum" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "metric_series_pkey" PRIMARY KEY ("run","series")
);

-- CreateTable
CREATE TABLE "metric_axis" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "axis" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "steps" BYTEA NOT NULL,
    "times" BYTEA NOT NULL,

    CONSTRAINT "metric_axis_pkey" PRIMARY KEY ("run","axis")
);

-- CreateTable
CREATE TABLE "metric_chunk" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "series" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'log',
    "n" INTEGER NOT NULL,
    "sorted" BOOLEAN NOT NULL,
    "step_min" BIGINT NOT NULL,
    "step_max" BIGINT NOT NULL,
    "time_min" BIGINT NOT NULL,
    "time_max" BIGINT NOT NULL,
    "axis" BIGINT NOT NULL,
    "axis_from" INTEGER NOT NULL DEFAULT 0,
    "cursor_max" BIGINT NOT NULL,
    "writers" BYTEA NOT NULL,
    "coding" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,
    "stats" BYTEA NOT NULL,
    "pyramid" BYTEA,

    CONSTRAINT "metric_chunk_pkey" PRIMARY KEY ("run","series","generation","no")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_slug_key" ON "workspace"("slug");

-- CreateIndex
CREATE INDEX "workspace_slug_workspace_id_idx" ON "workspace_slug"("workspace_id");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_workspace_id_idx" ON "invitation"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_workspace_id_user_id_idx" ON "api_key"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_id_idx" ON "audit_event"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_slug_key" ON "project"("workspace_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_name_key" ON "project"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "run_workspace_id_state_idx" ON "run"("workspace_id", "state");

-- CreateIndex
CREATE INDEX "run_project_id_created_at_idx" ON "run"("project_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_project_id_id_key" ON "run"("project_id", "id");

-- CreateIndex
CREATE INDEX "run_field_workspace_id_project_id_kind_key_num_idx" ON "run_field"("workspace_id", "project_id", "kind", "key", "num");

-- CreateIndex
CREATE UNIQUE INDEX "metric_writer_run_no_key" ON "metric_writer"("run", "no");

-- CreateIndex
CREATE UNIQUE INDEX "metric_series_run_key_label_set_key" ON "metric_series"("run", "key", "label_set");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_field" ADD CONSTRAINT "run_field_run_fkey" FOREIGN KEY ("run") REFERENCES "run"("run") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what the schema language cannot say.

-- Level 0 is a ring of eight partitions. A slot is emptied with TRUNCATE when all its frames are sealed: nothing is ever
-- vacuumed, and its space is back at once. Bodies are already dense: kept out of line, never compressed again.
DO $$
BEGIN
  FOR slot IN 0..7 LOOP
    EXECUTE format('CREATE TABLE metric_frame_%s PARTITION OF metric_frame FOR VALUES IN (%s) WITH (autovacuum_enabled = false)', slot, slot);
    EXECUTE format('ALTER TABLE metric_frame_%s ALTER COLUMN body SET STORAGE EXTERNAL', slot);
  END LOOP;
END $$;

ALTER TABLE metric_axis ALTER COLUMN steps SET STORAGE EXTERNAL, ALTER COLUMN times SET STORAGE EXTERNAL;
ALTER TABLE metric_chunk ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN stats SET STORAGE PLAIN, ALTER COLUMN pyramid SET STORAGE EXTERNAL;

-- Rows that are updated with every group: room for the new version on the same page.
ALTER TABLE metric_head SET (fillfactor = 50);
ALTER TABLE metric_writer SET (fillfactor = 50);
ALTER TABLE metric_series SET (fillfactor = 70);

INSERT INTO metric_ring DEFAULT VALUES;

-- The doors' role reads and writes rows and owns nothing; migrations and jobs run as the owner.
GRANT USAGE ON SCHEMA public TO trackside_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO trackside_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO trackside_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO trackside_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO trackside_app;
-- What was done is never undone in the book.
REVOKE UPDATE, DELETE ON audit_event FROM trackside_app;
