-- CreateIndex
CREATE INDEX "metric_chunk_run_axis_idx" ON "metric_chunk"("run", "axis");
