import { expect, test } from '@playwright/test'

interface Complaints {
  /** What the browser may complain of in this test, and only this. */
  readonly allowedComplaints: readonly RegExp[]
  readonly complaints: undefined
}

/** Playwright's test, which also fails when a page throws, logs an error or breaks its content security policy. */
export const it = test.extend<Complaints>({
  allowedComplaints: [[], { option: true }],
  complaints: [async ({ context, allowedComplaints }, use) => {
    const heard: string[] = []
    context.on('console', (message) => {
      if (message.type() === 'error') heard.push(`${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => heard.push(String(error.error())))
    await use(undefined)
    expect(heard.filter((one) => !allowedComplaints.some((allowed) => allowed.test(one))), 'complaints of the browser').toEqual([])
  }, { auto: true }],
})
export const { describe } = it
export { expect }
