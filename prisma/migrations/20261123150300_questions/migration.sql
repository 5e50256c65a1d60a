-- What coders ask, what managers answer, and the decisions that come of it.

CREATE TABLE "Question" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "askerId" UUID NOT NULL,
    "unitId" UUID,
    "text" TEXT NOT NULL,
    "guidelineVersion" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Question_pkey" PRIMARY KEY ("projectId", "id")
);
CREATE TABLE "QuestionAnswer" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuestionAnswer_pkey" PRIMARY KEY ("projectId", "id")
);
CREATE TABLE "AnswerSeen" (
    "projectId" UUID NOT NULL,
    "answerId" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnswerSeen_pkey" PRIMARY KEY ("projectId", "answerId")
);
CREATE TABLE "Decision" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "phrase" TEXT,
    "author" TEXT NOT NULL,
    "questionId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("projectId", "number")
);
CREATE TABLE "DecisionWithdrawal" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DecisionWithdrawal_pkey" PRIMARY KEY ("projectId", "number")
);

CREATE INDEX "Question_projectId_askerId_idx" ON "Question" ("projectId", "askerId");
CREATE INDEX "QuestionAnswer_projectId_questionId_idx" ON "QuestionAnswer" ("projectId", "questionId");

ALTER TABLE "Question" ADD CONSTRAINT "Question_projectId_askerId_fkey"
  FOREIGN KEY ("projectId", "askerId") REFERENCES "Member" ("projectId", "id");
ALTER TABLE "Question" ADD CONSTRAINT "Question_projectId_unitId_fkey"
  FOREIGN KEY ("projectId", "unitId") REFERENCES "Unit" ("projectId", "id");
ALTER TABLE "QuestionAnswer" ADD CONSTRAINT "QuestionAnswer_projectId_questionId_fkey"
  FOREIGN KEY ("projectId", "questionId") REFERENCES "Question" ("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "AnswerSeen" ADD CONSTRAINT "AnswerSeen_projectId_answerId_fkey"
  FOREIGN KEY ("projectId", "answerId") REFERENCES "QuestionAnswer" ("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_projectId_fkey"
  FOREIGN KEY ("projectId") REFERENCES "Project" ("projectId");
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_projectId_questionId_fkey"
  FOREIGN KEY ("projectId", "questionId") REFERENCES "Question" ("projectId", "id");
ALTER TABLE "DecisionWithdrawal" ADD CONSTRAINT "DecisionWithdrawal_projectId_number_fkey"
  FOREIGN KEY ("projectId", "number") REFERENCES "Decision" ("projectId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER question_append_only BEFORE UPDATE OR DELETE ON "Question"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER question_no_truncate BEFORE TRUNCATE ON "Question"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER question_answer_append_only BEFORE UPDATE OR DELETE ON "QuestionAnswer"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER question_answer_no_truncate BEFORE TRUNCATE ON "QuestionAnswer"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_seen_append_only BEFORE UPDATE OR DELETE ON "AnswerSeen"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_seen_no_truncate BEFORE TRUNCATE ON "AnswerSeen"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON "Decision"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON "Decision"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_withdrawal_append_only BEFORE UPDATE OR DELETE ON "DecisionWithdrawal"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_withdrawal_no_truncate BEFORE TRUNCATE ON "DecisionWithdrawal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
