import { answerCalendar } from '../../../../../_trpc/answer-calendar.ts'

/** "Add to calendar" (F10). */
export const GET = (request: Request): Promise<Response> => answerCalendar(new URL(request.url))
