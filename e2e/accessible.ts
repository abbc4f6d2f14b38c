import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const ofColors = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with the page as it stands: nothing. Frames of others, and those in which no script may run, are left out. */
export async function expectAccessible(page: Page, how = 'as it is'): Promise<void> {
  await expectNothing((await axeFor(page)).withTags(all), page, how)
}

/** The same of its colors alone: of a page that was asked already, and of which nothing else has changed. */
export async function expectReadable(page: Page, how: string): Promise<void> {
  await expectNothing((await axeFor(page)).withRules(ofColors), page, how)
}

async function axeFor(page: Page): Promise<AxeBuilder> {
  // A page without frames that was asked already has axe, which is large.
  const hasAxe = page.frames().length === 1 && await page.evaluate(() => 'axe' in window)
  return new AxeBuilder({ page, ...(hasAxe ? { axeSource: 'undefined' } : {}) }).exclude('iframe[sandbox]')
    // Sums up in the page itself instead of opening another for it each time.
    .setLegacyMode(true)
    // Describes only what is wrong: nobody reads of what is right, which is most.
    .options({ resultTypes: ['violations'] })
}

async function expectNothing(axe: AxeBuilder, page: Page, how: string): Promise<void> {
  // A mail has no address of its own: the page around it, the mail program's, brings the landmarks.
  if (page.url() === 'about:blank') axe.disableRules(['landmark-one-main', 'region'])
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${failureSummary ?? ''}`))
  expect(found, `${page.url()}, ${how}`).toEqual([])
}
