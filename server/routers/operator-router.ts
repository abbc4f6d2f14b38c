import { router } from '../trpc.ts'

export const operatorRouter = router({})
