/** A collection that no plan can be made over; the message is a sentence for the manager who made the task. */
export class PlanRefusal extends Error {}
