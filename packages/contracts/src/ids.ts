import { z } from 'zod';

/** Ids are UUIDv7, made by the application, and branded so that one kind can't stand in for another. */
const id = <Brand extends string>(brand: Brand) => z.uuidv7().brand(brand);

export const userIdSchema = id('UserId');
export type UserId = z.infer<typeof userIdSchema>;
export const projectIdSchema = id('ProjectId');
export type ProjectId = z.infer<typeof projectIdSchema>;
export const memberIdSchema = id('MemberId');
/**
 * A person's place in one project. A coder is known by it, never by the account behind it. Coders outside the
 * project, who are known by a name only, have ids of the same kind.
 */
export type MemberId = z.infer<typeof memberIdSchema>;
export const invitationIdSchema = id('InvitationId');
export type InvitationId = z.infer<typeof invitationIdSchema>;
export const tokenIdSchema = id('TokenId');
export type TokenId = z.infer<typeof tokenIdSchema>;
export const collectionIdSchema = id('CollectionId');
export type CollectionId = z.infer<typeof collectionIdSchema>;
export const itemIdSchema = id('ItemId');
/** A document or a word pair in a collection. */
export type ItemId = z.infer<typeof itemIdSchema>;
export const importIdSchema = id('ImportId');
export type ImportId = z.infer<typeof importIdSchema>;
export const taskIdSchema = id('TaskId');
export type TaskId = z.infer<typeof taskIdSchema>;
export const sectionIdSchema = id('SectionId');
export type SectionId = z.infer<typeof sectionIdSchema>;
export const unitIdSchema = id('UnitId');
export type UnitId = z.infer<typeof unitIdSchema>;
export const leaseIdSchema = id('LeaseId');
export type LeaseId = z.infer<typeof leaseIdSchema>;
export const submissionIdSchema = id('SubmissionId');
/** Made by the client, so that a submission sent twice is stored once. */
export type SubmissionId = z.infer<typeof submissionIdSchema>;
export const judgementIdSchema = id('JudgementId');
export type JudgementId = z.infer<typeof judgementIdSchema>;
export const shownReadingIdSchema = id('ShownReadingId');
/** A reading as it is put before validators: it names whom it came from to nobody. */
export type ShownReadingId = z.infer<typeof shownReadingIdSchema>;
export const validationIdSchema = id('ValidationId');
export type ValidationId = z.infer<typeof validationIdSchema>;
export const validationLeaseIdSchema = id('ValidationLeaseId');
export type ValidationLeaseId = z.infer<typeof validationLeaseIdSchema>;
export const questionIdSchema = id('QuestionId');
export type QuestionId = z.infer<typeof questionIdSchema>;
export const answerFileIdSchema = id('AnswerFileId');
/** An uploaded file with answers of coders outside the project. */
export type AnswerFileId = z.infer<typeof answerFileIdSchema>;
export const adjudicationIdSchema = id('AdjudicationId');
export type AdjudicationId = z.infer<typeof adjudicationIdSchema>;
export const contestIdSchema = id('ContestId');
export type ContestId = z.infer<typeof contestIdSchema>;
export const webhookIdSchema = id('WebhookId');
export type WebhookId = z.infer<typeof webhookIdSchema>;
export const webhookDeliveryIdSchema = id('WebhookDeliveryId');
/** A message to one webhook. */
export type WebhookDeliveryId = z.infer<typeof webhookDeliveryIdSchema>;
