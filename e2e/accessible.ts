import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with the page as it stands: nothing. Frames of others, and those in which no script may run, are left out. */
export async function expectAccessible(page: Page, how = 'as it is'): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('iframe[sandbox]')
    // Sums up in the page itself instead of opening another for it each time.
    .setLegacyMode(true)
  // A mail has no address of its own: the page around it, the mail program's, brings the landmarks.
  if (page.url() === 'about:blank') axe.disableRules(['landmark-one-main', 'region'])
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${failureSummary ?? ''}`))
  expect(found, `${page.url()}, ${how}`).toEqual([])
}
