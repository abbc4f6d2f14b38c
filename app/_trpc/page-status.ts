import { headers } from 'next/headers'
import { pageRequestHeader } from '../../server/contract/page-request-header.ts'
import { getRuntime } from '../../server/runtime-handle.ts'

const busySeconds = 30

/** Gives this page's answer the status of one that does not exist. */
export async function sayNotFound(): Promise<void> {
  getRuntime().pages.setStatus(await requestName(), { status: 404 })
}

/** Gives this page's answer the status of one that could not be made, and logs why. */
export async function sayFailed(error: unknown): Promise<void> {
  const { pages, refusalOf, log } = getRuntime()
  const isBusy = refusalOf(error)?.code === 'unavailable'
  if (!isBusy) log.error('A page could not be made.', error)
  pages.setStatus(await requestName(), isBusy ? { status: 503, retryAfterSeconds: busySeconds } : { status: 500 })
}

const requestName = async (): Promise<string> => (await headers()).get(pageRequestHeader) ?? ''
