/** The private addresses of an account (G5). */
export const privateFeeds = ['calendar', 'atom'] as const
export type PrivateFeed = (typeof privateFeeds)[number]

export interface FeedsView {
  /** The whole address; null while there is none. */
  readonly calendar: string | null
  readonly atom: string | null
}

/** A feed of docket entries, as a program reads it. Plain text throughout, as courts wrote it. */
export interface DocketFeed {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  /** The feed's own address, and the page that shows the same. */
  readonly address: string
  readonly pageAddress: string
  readonly author: string
  readonly updatedAt: Date
  readonly entries: readonly DocketFeedEntry[]
}

export interface DocketFeedEntry {
  /** The same for good. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly address: string
  readonly updatedAt: Date
  /** Null where the day of filing alone is known. */
  readonly publishedAt: Date | null
}
