-- AlterTable
ALTER TABLE "run" ADD COLUMN "definitions" JSONB NOT NULL DEFAULT '[]';
