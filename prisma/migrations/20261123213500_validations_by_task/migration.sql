-- Verdicts are counted by task, and taken out in the order of their arrival.
CREATE INDEX "Validation_projectId_taskId_id_idx" ON "Validation"("projectId", "taskId", "id");
