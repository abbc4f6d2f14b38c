import { router } from '../trpc.ts'

export const sentRouter = router({})
