import { answerPrivateCalendar } from '../../../_trpc/answer-feed.ts'

/** G5. */
export const GET = (request: Request): Promise<Response> => answerPrivateCalendar(request)
