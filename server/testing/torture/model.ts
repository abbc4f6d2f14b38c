/** One change of a docket entry. */
interface Change {
  readonly entryId: number
}

/** One subscription as the rules see it: what changed that its reader was not told of yet. */
export interface Follower {
  /** Of the subscription. */
  readonly id: number
  readonly email: string
  readonly caseId: number
  state: 'active' | 'paused' | 'stopped'
  /** What no evening has taken yet. */
  readonly awaited: Set<Change>
  /** What is to be counted after the pause. */
  readonly missed: Set<Change>
  /** What left when nobody knew that: it may be counted after the pause. */
  readonly doubted: Set<Change>
  /** Something was given up in doubt since the last evening: with it, all that nobody knows the end of may be counted. */
  isDoubtful: boolean
}

/** What one evening owes one subscription. */
export interface OwedNotice {
  readonly follower: Follower
  readonly runId: number
  readonly full: Set<Change>
  readonly missed: Set<Change>
  readonly doubted: Set<Change>
  /** It may not leave any more. */
  isVoid: boolean
  /** A worker had it when its reader paused: it leaves once the reader is active again, if the worker's lease ends only then. */
  wasUnderWay: boolean
  /** It came back for good: nobody read it. */
  isBack: boolean
  /** It was given up for good. */
  isCancelled: boolean
  /** Nobody will know whether it left. */
  isDoubted: boolean
  /** Whether it left is not known, nor will be: an operator decides, and until then it is told otherwise only where it is counted with what was missed. */
  isWithOperator: boolean
  /** How often the provider took it. */
  taken: number
}

/** One notice by what it is known by outside. */
interface Named {
  readonly subscriptionId: number
  readonly runId: number
}

/** One that left or not, as far as the service knows. */
interface OpenNotice extends Named {
  /** A worker has it, whether alive or dead. */
  readonly isLeased: boolean
}

/** What a mail that the provider took told. */
export interface Told extends Named {
  readonly to: string
  /** The entries that it shows, in its order. */
  readonly full: readonly number[]
  readonly missed: ReadonlySet<number>
}

/**
 * The rules of notices about docket entries in as few words as they have (F2, F4, F8, A9, C5, E1, G4), for tests that compare the service
 * with them. It knows sets of changes by subscription, and nothing of rows, leases, batches or retries. What is wrong is kept in `wrongs`.
 */
export class Model {
  readonly followers: Follower[] = []
  readonly owed: OwedNotice[] = []
  readonly wrongs: string[] = []
  readonly #hidden = new Set<number>()
  #open: readonly OpenNotice[] = []

  begin(id: number, email: string, caseId: number): Follower {
    const known = this.followers.find((one) => one.id === id)
    const follower: Follower = known ?? { id, email, caseId, state: 'active', awaited: new Set(), missed: new Set(), doubted: new Set(), isDoubtful: false }
    if (!known) this.followers.push(follower)
    follower.state = 'active'
    return follower
  }

  stop(follower: Follower): void {
    follower.state = 'stopped'
    this.#forget(follower)
  }

  pause(follower: Follower): void {
    if (follower.state !== 'active') return
    follower.state = 'paused'
    addAll(follower.missed, follower.awaited)
    follower.awaited.clear()
    for (const one of this.owed.filter((notice) => notice.follower === follower && notice.taken > 0)) {
      if (!this.#isOpen(one)) continue
      one.isDoubted = true
      addAll(follower.doubted, [...one.full, ...one.missed])
    }
    for (const one of this.#openOf(follower)) {
      one.isVoid = true
      one.wasUnderWay = this.#open.some((named) => named.isLeased && isNamed(one, named))
      addAll(follower.missed, [...one.full, ...one.missed])
      addAll(follower.doubted, one.doubted)
    }
  }

  resume(follower: Follower): void {
    if (follower.state === 'paused') follower.state = 'active'
  }

  /** A mail came back for good: nothing goes to its address, and what it told is missed. */
  comeBack(email: string, notice: OwedNotice): void {
    const { follower, full, missed, doubted } = notice
    notice.isBack = true
    for (const one of this.followers) if (one.email === email) this.pause(one)
    if (follower.state !== 'paused') return
    addAll(follower.missed, [...full, ...missed])
    addAll(follower.doubted, doubted)
  }

  /** It was given up for good: whether it left, nobody knows, and what of it no other told may be counted. */
  cancel(notice: Named): void {
    for (const one of this.owed) {
      if (one.isCancelled || !isNamed(one, notice)) continue
      one.isCancelled = one.isDoubted = true
      one.follower.isDoubtful = true
      addAll(one.follower.doubted, [...one.full, ...one.missed, ...one.doubted])
    }
  }

  /** Of which notices the service does not know by now whether they left. */
  wait(open: readonly OpenNotice[]): void {
    this.#open = open
  }

  change(caseId: number, entryId: number): void {
    if (this.#hidden.has(caseId)) return
    const change: Change = { entryId }
    for (const one of this.followers) {
      if (one.caseId === caseId && one.state !== 'stopped') (one.state === 'active' ? one.awaited : one.missed).add(change)
    }
  }

  seal(entryId: number): void {
    // What has left is not told again either, should it come back.
    for (const one of [...this.followers.flatMap(({ awaited, missed, doubted }) => [awaited, missed, doubted]), ...this.owed.flatMap(({ full, missed, doubted }) => [full, missed, doubted])]) {
      for (const change of one) if (change.entryId === entryId) one.delete(change)
    }
    for (const one of this.owed) {
      if (one.taken === 0 && one.full.size + one.missed.size + one.doubted.size === 0) one.isVoid = true
    }
  }

  hide(caseId: number): void {
    this.#hidden.add(caseId)
    for (const one of this.followers.filter((follower) => follower.caseId === caseId)) {
      // Whether what a pause missed before is counted when the case is public again is not a rule.
      this.#forget(one)
    }
  }

  show(caseId: number): void {
    this.#hidden.delete(caseId)
  }

  evening(runId: number): void {
    for (const follower of this.followers) {
      if (follower.state !== 'active' || this.#hidden.has(follower.caseId)) continue
      this.#missWhatNeverLeft(follower)
      // What a notice told that did not come back was not missed, though another that told it did.
      for (const change of this.#toldTo(follower)) follower.missed.delete(change)
      for (const change of this.#surelyToldTo(follower)) follower.doubted.delete(change)
      // What only counts, and was under way when its reader paused, leaves now, or does not.
      for (const change of this.#underWayTo(follower)) if (follower.missed.delete(change)) follower.doubted.add(change)
      // What nobody knows the end of may be counted with what was missed.
      if (follower.isDoubtful || follower.missed.size + follower.doubted.size > 0) addAll(follower.doubted, this.#unknownTo(follower))
      follower.isDoubtful = false
      if (follower.awaited.size + follower.missed.size + follower.doubted.size === 0) continue
      this.owed.push({
        follower, runId, full: new Set(follower.awaited), missed: new Set(follower.missed), doubted: new Set(follower.doubted), isVoid: false, wasUnderWay: false, isBack: false, isCancelled: false, isDoubted: false, isWithOperator: false, taken: 0,
      })
      for (const some of [follower.awaited, follower.missed, follower.doubted]) some.clear()
    }
  }

  /** The provider took a mail: it must be owed to its reader, once, and tell just that, each entry once; of what was missed it may count what was doubted, too. */
  take(told: Told): OwedNotice | undefined {
    const owed = this.owed.find((one) => isNamed(one, told))
    const name = `notice of subscription ${told.subscriptionId} in run ${told.runId}`
    if (!owed) {
      this.wrongs.push(`${name} left and was not owed`)
      return undefined
    }
    owed.taken++
    if (owed.taken > 1) this.wrongs.push(`${name} left ${owed.taken} times`)
    if (owed.isVoid && !(owed.wasUnderWay && owed.follower.state === 'active')) this.wrongs.push(`${name} left though it might not`)
    if (told.to !== owed.follower.email) this.wrongs.push(`${name} left for ${told.to} and not ${owed.follower.email}`)
    if (this.#hidden.has(owed.follower.caseId)) this.wrongs.push(`${name} left about a case that is not public`)
    const [full, missed] = [entriesOf(owed.full), entriesOf(owed.missed)]
    if (!isSame(full, new Set(told.full))) this.wrongs.push(`${name} told ${listed(told.full)} and not ${listed(full)}`)
    if (new Set(told.full).size < told.full.length) this.wrongs.push(`${name} told an entry twice: ${listed(told.full)}`)
    if (!isWithin(missed, told.missed)) this.wrongs.push(`${name} counted ${listed(told.missed)} as missed, and not ${listed(missed)}`)
    if (!isWithin(told.missed, entriesOf([...owed.missed, ...owed.doubted]))) this.wrongs.push(`${name} counted ${listed(told.missed)} as missed, where ${listed(missed)} was, and ${listed(entriesOf(owed.doubted))} may have been`)
    for (const change of owed.doubted) if (told.missed.has(change.entryId)) owed.missed.add(change)
    return owed
  }

  /** It waits for an operator. */
  handOver(notice: Named): void {
    for (const one of this.owed) if (isNamed(one, notice)) one.isWithOperator = true
  }

  /** What was owed and never left, nor waits for an operator. */
  close(): void {
    for (const one of this.owed) {
      if (one.taken === 0 && one.full.size + one.missed.size > 0 && !one.isVoid && !one.isWithOperator) this.wrongs.push(`notice of subscription ${one.follower.id} in run ${one.runId} was lost`)
    }
    for (const follower of this.followers) {
      const { id, state, awaited, caseId } = follower
      const told = this.#toldTo(follower)
      const missed = [...follower.missed].filter((change) => !told.has(change))
      if (state === 'active' && !this.#hidden.has(caseId) && awaited.size + missed.length > 0) this.wrongs.push(`subscription ${id} was never told of ${listed(entriesOf([...awaited, ...missed]))}`)
    }
  }

  isHidden(caseId: number): boolean {
    return this.#hidden.has(caseId)
  }

  /** What waits does not leave, and what has left is not told again, should it come back. */
  #forget(follower: Follower): void {
    for (const one of this.#openOf(follower)) one.isVoid = true
    for (const one of [follower.awaited, follower.missed, follower.doubted]) one.clear()
    for (const one of this.owed.filter((notice) => notice.follower === follower && (notice.taken > 0 || notice.isVoid))) {
      one.wasUnderWay = false
      for (const some of [one.full, one.missed, one.doubted]) some.clear()
    }
  }

  #toldTo(follower: Follower): Set<Change> {
    return new Set(this.owed.filter((one) => one.follower === follower && one.taken > 0 && !one.isBack).flatMap(({ full, missed }) => [...full, ...missed]))
  }

  #surelyToldTo(follower: Follower): Change[] {
    return this.owed.filter((one) => one.follower === follower && one.taken > 0 && !one.isBack && !one.isDoubted && !this.#isUnknown(one))
      .flatMap(({ full, missed }) => [...full, ...missed])
  }

  #underWayTo(follower: Follower): Change[] {
    return this.owed.filter((one) => one.follower === follower && one.wasUnderWay && one.full.size === 0 && this.#isOpen(one)).flatMap(({ missed }) => [...missed])
  }

  /** What was under way when its reader paused, and did not leave after all, is missed unless another is to tell it. */
  #missWhatNeverLeft(follower: Follower): void {
    const own = this.owed.filter((one) => one.follower === follower)
    for (const one of own) {
      if (!one.wasUnderWay || one.taken > 0 || one.isWithOperator || this.#isOpen(one)) continue
      one.wasUnderWay = false
      const toTell = new Set(own.filter((other) => other !== one && this.#isOpen(other)).flatMap(({ missed, doubted }) => [...missed, ...doubted]))
      for (const change of [...one.full, ...one.missed]) (toTell.has(change) ? follower.doubted : follower.missed).add(change)
    }
  }

  #unknownTo(follower: Follower): Change[] {
    return this.owed.filter((one) => one.follower === follower && this.#isUnknown(one)).flatMap(({ full, missed, doubted }) => [...full, ...missed, ...doubted])
  }

  #isOpen(notice: OwedNotice): boolean {
    return this.#open.some((named) => isNamed(notice, named))
  }

  /** An operator has it, or it left and may be tried again. */
  #isUnknown(notice: OwedNotice): boolean {
    return notice.isWithOperator || (notice.taken > 0 && this.#isOpen(notice))
  }

  #openOf(follower: Follower): OwedNotice[] {
    return this.owed.filter((one) => one.follower === follower && one.taken === 0 && !one.isVoid && !one.isWithOperator)
  }
}

function addAll(to: Set<Change>, changes: Iterable<Change>): void {
  for (const change of changes) to.add(change)
}

const isNamed = ({ follower, runId }: OwedNotice, named: Named): boolean => follower.id === named.subscriptionId && runId === named.runId

const entriesOf = (changes: Iterable<Change>): Set<number> => new Set(Array.from(changes, ({ entryId }) => entryId))

const isWithin = (some: ReadonlySet<number>, all: ReadonlySet<number>): boolean => [...some].every((one) => all.has(one))
const isSame = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => a.size === b.size && isWithin(a, b)

const listed = (entries: Iterable<number>): string => [...entries].join(', ')
