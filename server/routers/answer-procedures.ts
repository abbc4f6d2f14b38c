import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context } from '../trpc.ts'
import { appRouter } from './app-router.ts'

// More procedures than any page of ours calls at once (S2).
const maxBatchSize = 20

/** Answers calls of procedures over http; `contextFor` is told where cookies go that the answer is to set. */
export const answerProcedures = (req: Request, contextFor: (setCookie: Context['setCookie']) => Context): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc', req, router: appRouter, maxBatchSize,
    createContext: ({ resHeaders }) => contextFor((cookie) => resHeaders.append('set-cookie', cookie)),
  })
