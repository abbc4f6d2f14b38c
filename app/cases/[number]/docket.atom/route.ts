import { answerDocketFeed } from '../../../_trpc/answer-feed.ts'

/** The docket for readers of feeds (contract.md, feeds for people). */
export const GET = (request: Request): Promise<Response> => answerDocketFeed(request)
