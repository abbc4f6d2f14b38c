import { and, eq, gte, inArray } from 'drizzle-orm'
import { messageContents, outboxMessages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isNoticeWaiting } from '../outbox/lanes.ts'
import type { NoticeContent } from '../outbox/message-content.ts'
import type { DigestRun } from './take-changes.ts'

/** F10: up to so many notices with hearings of one evening carry their calendar file, beyond it is linked. */
const mostAttached = 500

/** Notices with hearings and what they say, remembered as long as their files may be attached. */
export interface Attachable {
  notices: number
  readonly contents: Map<number, NoticeContent>
}

export function rememberAttachable(attachable: Attachable, contentId: number, content: NoticeContent): void {
  if (attachable.notices <= mostAttached) attachable.contents.set(contentId, content)
}

/** One notice more whose hearings could go with it. */
export function countAttachable(attachable: Attachable): void {
  attachable.notices++
  if (attachable.notices > mostAttached) attachable.contents.clear()
}

/** F10: where they are few enough, the notices with hearings carry the file, each in a request of its own. */
export async function attachCalendars({ tx }: Work, run: Pick<DigestRun, 'id'>, attachable: Attachable): Promise<void> {
  if (attachable.notices > mostAttached) return
  for (const [id, content] of attachable.contents) {
    await tx.update(messageContents).set({ payload: { ...content, isCalendarAttached: true } }).where(eq(messageContents.id, id))
  }
  const ids = [...attachable.contents.keys()]
  if (ids.length === 0) return
  await tx.update(outboxMessages).set({ isAlone: true }).where(and(isNoticeWaiting, gte(outboxMessages.dueAt, new Date(0)), eq(outboxMessages.runId, run.id), inArray(outboxMessages.contentId, ids)))
}
