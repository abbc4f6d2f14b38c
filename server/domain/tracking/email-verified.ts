import type { subscriptions } from '../../../db/schema.ts'

/** The states of a subscription whose e-mail was verified and not stopped. While mail to it bounces it is paused (G4). */
export const verifiedStates = ['active', 'paused'] as const

export type Subscription = typeof subscriptions.$inferSelect

export const isEmailVerified = ({ emailState }: Pick<Subscription, 'emailState'>): boolean => emailState === 'active' || emailState === 'paused'
