import { answerPrivateFeed } from '../../../_trpc/answer-feed.ts'

/** G5. */
export const GET = (request: Request): Promise<Response> => answerPrivateFeed(request)
