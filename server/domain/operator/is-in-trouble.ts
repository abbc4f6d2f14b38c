import { and, sql, type SQL } from 'drizzle-orm'
import { isOneOf } from '../../../db/columns.ts'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { troubleStates } from '../../contract/operator-view.ts'
import type { MessageState } from '../../contract/vocabulary.ts'

/** Messages in one state of trouble, as the index of trouble has them; undefined for any other state. */
export const isInTrouble = (state: MessageState): SQL | undefined =>
  troubleStates.some((one) => one === state) ? and(isOneOf(messages.state, [...troubleStates]), sql`${messages.state} = ${state}`) : undefined
