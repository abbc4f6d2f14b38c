import { isOneOf } from '../../../db/columns.ts'
import { outboxMessages } from '../../../db/schema.ts'

/** As the index of batches has it: said beside `batchId`, that index serves; without it all that is leased is read. */
export const isOpen = isOneOf(outboxMessages.state, ['waiting', 'leased'])
