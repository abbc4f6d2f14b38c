import { router } from '../trpc.ts'

export const feedsRouter = router({})
