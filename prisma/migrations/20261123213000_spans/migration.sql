-- CreateTable
CREATE TABLE "metric_span" (
    "workspace_id" TEXT NOT NULL,
    "run" BIGINT NOT NULL,
    "series" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "first_no" INTEGER NOT NULL,
    "last_no" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "orderly" BOOLEAN NOT NULL,
    "step_min" BIGINT NOT NULL,
    "step_max" BIGINT NOT NULL,
    "time_min" BIGINT NOT NULL,
    "time_max" BIGINT NOT NULL,
    "level_512" BYTEA NOT NULL,
    "level_4096" BYTEA NOT NULL,
    "level_32768" BYTEA NOT NULL,

    CONSTRAINT "metric_span_pkey" PRIMARY KEY ("run","series","generation","no")
);

--- Bodies are already dense: kept out of line, never compressed again. A list of spans reads none of them.
ALTER TABLE metric_span ALTER COLUMN level_512 SET STORAGE EXTERNAL, ALTER COLUMN level_4096 SET STORAGE EXTERNAL, ALTER COLUMN level_32768 SET STORAGE EXTERNAL;
